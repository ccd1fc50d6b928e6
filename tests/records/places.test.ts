// Where records lie is written apart from their schemas; both lists are the same.
import { expect, it } from 'vitest';
import { RECORD_TYPES } from '../../src/records/all.ts';
import { RECORD_PLACES } from '../../src/records/places.ts';

it('has every type of record in one order', () => {
  const placeOf = ({ kind, noun, file, folder, extension }: (typeof RECORD_PLACES)[number]) => ({
    kind,
    noun,
    file,
    folder,
    extension,
  });
  expect(RECORD_PLACES.map(placeOf)).toEqual(RECORD_TYPES.map(placeOf));
});
