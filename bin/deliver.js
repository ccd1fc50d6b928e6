#!/usr/bin/env node
// The built program, nothing else. CommonJS (see package.json beside it): Node starts that sooner than a module.
require('../dist/deliver.cjs');
