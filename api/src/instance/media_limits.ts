/** The limits of what may be uploaded that we tell clients of, and hold. */

/** Bytes of a picture, and of film or sound: Mastodon's. */
export const maxImageBytes = 16 * 1024 * 1024;
export const maxFilmBytes = 99 * 1024 * 1024;

/** Pixels of a picture, before it is decoded: 8K. */
export const maxImagePixels = 7_680 * 4_320;

/** Of one that moves: how many frames, and pixels of all of them together. */
export const maxFrames = 600;
export const maxMovingPixels = 60_000_000;

/** Pixels of what is kept: larger pictures are made smaller. */
export const originalPixels = 3_840 * 2_160;
export const smallPixels = 640 * 360;

/** Of film: pixels, frames in a second, and seconds; sound may be longer. */
export const maxFilmPixels = 3_840 * 2_160;
export const maxFrameRate = 120;
export const maxFilmSeconds = 10 * 60;
export const maxSoundSeconds = 60 * 60;

/** What may be uploaded, as clients ask for it. */
export const imageTypes = ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"];
export const filmTypes = ["video/mp4", "video/quicktime", "video/webm", "video/x-matroska"];
export const soundTypes = [
  ...["audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/ogg", "audio/flac", "audio/wav", "audio/x-wav"],
];
