/** For how long what one did can be taken back, in milliseconds: it is shown, and nothing of it is sent before. */
export const UNDO_FOR = 8_000;
