// How the tests run. `npm run test:update` (or UPDATE=1) lets the golden tests rewrite what they expect;
// TEST_REPORTS names a folder that also gets the results as JSON, one file a run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };
const updating = ['-u', '--update'].some((flag) => process.argv.includes(flag)) || process.env.UPDATE === '1';
const reports = process.env.TEST_REPORTS;

export default defineConfig({
  define: { __VERSION__: JSON.stringify(version) },
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/support/seed.ts'],
    pool: 'threads',
    isolate: false,
    // All cores: by itself vitest leaves one of two idle.
    maxWorkers: '100%',
    // Only against what never ends: on a busy machine a child process takes long, and what starts many takes minutes.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: reports ? ['default', ['json', { outputFile: join(reports, `${process.pid}.json`) }]] : ['default'],
    env: { UPDATE: updating ? '1' : '' },
    diff: { expand: false, contextLines: 4 },
  },
});
