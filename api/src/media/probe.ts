import { z } from "zod";
import type { Ctx } from "../base/ctx.ts";
import { Invalid } from "../base/errors.ts";
import { ProgramFailed, type RunLimits } from "../base/programs.ts";
import {
  maxFilmBytes,
  maxFilmPixels,
  maxFilmSeconds,
  maxFrameRate,
  maxSoundSeconds,
} from "../instance/media_limits.ts";

/** Film and sound, as ffprobe sees them. */

/** What ffmpeg's programs may use: this machine's files, one demuxer, and these codecs. Playlists lead nowhere. */
const decoders = [
  ...[
    "h264",
    "hevc",
    "mpeg4",
    "vp8",
    "vp9",
    "libvpx",
    "libvpx-vp9",
    "av1",
    "libdav1d",
    "libaom-av1",
    "mjpeg",
  ],
  ...["png", "aac", "mp3", "mp3float", "opus", "libopus", "vorbis", "libvorbis", "flac", "alac"],
  ...["pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_u8"],
];
const encoders = ["libx264", "libmp3lame", "wrapped_avframe"];

/** How an input is named to them, with all that it may not do. */
export function input(path: string, demuxer: string): string[] {
  const codecs = [...decoders, ...encoders].join(",");
  return [
    ...["-protocol_whitelist", "file", "-format_whitelist", demuxer, "-codec_whitelist", codecs],
    ...["-f", demuxer, "-i", `file:${path}`],
  ];
}

const looking: RunLimits = { seconds: 30, bytes: 1024 ** 3, fileBytes: 1024 ** 2 };

const rate = z.string().regex(/^\d+\/\d+$/).catch("0/0");
const number = z.coerce.number().catch(NaN);
const stream = z.object({
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  pix_fmt: z.string().optional(),
  width: number,
  height: number,
  avg_frame_rate: rate,
  disposition: z.object({ attached_pic: number }).optional(),
});
const answer = z.object({
  streams: z.array(stream).default([]),
  format: z.object({ duration: number, bit_rate: number }),
});

/** What is in a film or sound. */
export interface Probed {
  film?: { codec: string; pixelFormat: string; width: number; height: number; frameRate: string };
  soundCodec?: string;
  /** NaN where it is not told. */
  seconds: number;
  bitrate: number | null;
}

/** Looks into it. Throws `Invalid` where there is nothing that can be shown, or too much. */
export async function probe(ctx: Ctx, path: string, demuxer: string): Promise<Probed> {
  const args = [
    "-v",
    "error",
    "-print_format",
    "json",
    "-show_format",
    "-show_streams",
    ...input(path, demuxer),
  ];
  const json = await ctx.programs.run("ffprobe", args, looking).catch((cause) => {
    if (!(cause instanceof ProgramFailed)) throw cause;
    throw unreadable();
  });
  const read = answer.safeParse(JSON.parse(new TextDecoder().decode(json)));
  if (!read.success) throw unreadable();
  const { streams, format } = read.data;
  const film = streams.find((one) => one.codec_type === "video" && !one.disposition?.attached_pic);
  const sound = streams.find((one) => one.codec_type === "audio");
  if (!film && !sound) throw unreadable();
  const probed: Probed = {
    film: film && {
      codec: film.codec_name ?? "",
      pixelFormat: film.pix_fmt ?? "",
      width: film.width,
      height: film.height,
      frameRate: film.avg_frame_rate,
    },
    soundCodec: sound?.codec_name,
    seconds: format.duration,
    bitrate: Number.isFinite(format.bit_rate) ? Math.round(format.bit_rate) : null,
  };
  refuse(probed);
  return probed;
}

function refuse({ film, seconds }: Probed): void {
  const most = film ? maxFilmSeconds : maxSoundSeconds;
  if (seconds > most) throw new Invalid(`Validation failed: File is too long (at most ${most / 60} minutes)`);
  if (!film) return;
  const [frames = 0, per = 1] = film.frameRate.split("/").map(Number);
  if (!(film.width > 0 && film.height > 0)) throw unreadable();
  if (film.width * film.height > maxFilmPixels) {
    throw new Invalid(`Validation failed: File has too many pixels (at most ${maxFilmPixels})`);
  }
  if (per > 0 && frames / per > maxFrameRate) {
    throw new Invalid(`Validation failed: File has too many frames in a second (at most ${maxFrameRate})`);
  }
}

export function unreadable(): Invalid {
  return new Invalid("Validation failed: File is damaged, or no film or sound that can be read");
}

/** Bytes of what ffmpeg may write: what is larger would not have been taken, either. */
export const mostWritten = maxFilmBytes;
