// The properties' random cases are the same in every run, so that a change is judged by what it changed; SOAK=1 draws new ones.
import fc from 'fast-check';

if (process.env.SOAK !== '1') fc.configureGlobal({ seed: 20261123 });
