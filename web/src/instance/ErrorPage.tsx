import { usePage } from "../base/page.tsx";
import { paths } from "../base/paths.ts";
import { ButtonLink } from "../ui/Button.tsx";

export interface ErrorPageProps {
  /** The HTTP status that goes with it. */
  status: number;
  /** A refusal's own words, where they say more than ours. */
  message?: string;
  /** By which the admin finds it in the log. */
  requestId?: string;
}

/** Something is not there, not allowed, or broken. */
export function ErrorPage({ status, message, requestId }: ErrorPageProps) {
  const { t, viewer } = usePage();
  const { title, text } = wordsFor(t.errors, status);
  return (
    <div class="error-page">
      <SnappedString />
      <p class="error-status">{t.errors.status(status)}</p>
      <h1>{title}</h1>
      <p class="lead">{message ?? text}</p>
      {requestId && <p>{t.errors.request(<code key="id">{requestId}</code>)}</p>}
      <ButtonLink href={viewer ? paths.home : paths.landing} tone="primary">{t.errors.home}</ButtonLink>
    </div>
  );
}

function SnappedString() {
  return (
    <svg class="error-strings" viewBox="0 0 272 96" aria-hidden="true">
      <path d="M4 20h264M4 76h264" />
      <path
        class="error-snapped"
        d="M4 48h92c14 0 22-3 26-12 3-8-6-14-11-8-4 5 1 11 7 9M268 48h-88c-13 0-20 4-23 13-3 8 6 13 11 8 4-5-1-11-7-9"
      />
    </svg>
  );
}

/** The title of such a page, for the browser's tab. */
export function errorTitle(errors: ErrorWords, status: number): string {
  return wordsFor(errors, status).title;
}

type ErrorWords = ReturnType<typeof usePage>["t"]["errors"];

function wordsFor(errors: ErrorWords, status: number): { title: string; text: string } {
  return isKnown(status) ? errors[status] : errors.other;
}

const known = [400, 403, 404, 409, 410, 413, 422, 429, 500, 503] as const;

function isKnown(status: number): status is typeof known[number] {
  return (known as readonly number[]).includes(status);
}
