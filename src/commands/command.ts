// Moved one folder up.
export * from '../command.ts';
