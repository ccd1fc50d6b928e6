// Notes how much memory the process took at the most, in kilobytes.
const { writeFileSync } = require('node:fs');

process.on('exit', () => writeFileSync(process.env.PEAK_NOTE, String(process.resourceUsage().maxRSS)));
