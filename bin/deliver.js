#!/usr/bin/env node
// The built program, nothing else.
import '../dist/start.js';
