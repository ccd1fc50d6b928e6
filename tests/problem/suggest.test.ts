import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/problem/suggest.ts';
import { expectLinear } from '../support/pace.ts';

const KEYS = ['name', 'segment', 'segment_since', 'status', 'since', 'owner', 'contacts', 'engagements', 'referred_by'];

describe('nearest', () => {
  it.each([
    ['segmnet', 'segment'],
    ['Segment', 'segment'],
    ['nmae', 'name'],
    ['nam', 'name'],
    ['segment-since', 'segment_since'],
    ['referred by', 'referred_by'],
    ['ReferredBy', 'referred_by'],
    ['engagment', 'engagements'],
    ['eng', 'engagements'],
    ['seg', undefined],
    ['colour', undefined],
    ['x', undefined],
    ['', undefined],
  ])('%j: %j', (word, expected) => expect(nearest(word, KEYS)).toBe(expected));

  it('takes the first of equals, and the nearest before the first', () => {
    expect(nearest('cat', ['bat', 'car'])).toBe('bat');
    expect(nearest('reprot', ['resort', 'report'])).toBe('report');
  });
  it('never turns one letter into another', () => {
    expect(nearest('D', ['A', 'B', 'C'])).toBeUndefined();
    expect(nearest('a', ['A', 'B'])).toBe('A');
  });
  it('takes no longer than 10,000 candidates are many', () => {
    const many = Array.from({ length: 10_000 }, (_, n) => `client-number-${n * 7919}`);
    expect(nearest('cleint-number-7919', many)).toBe('client-number-7919');
    expectLinear((count) => nearest('cleint-number-7919', many.slice(0, count)), 10_000);
  });
});
