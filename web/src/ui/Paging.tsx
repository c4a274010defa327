import { Icon } from "./Icon.tsx";

export interface PagingProps {
  label: string;
  newer?: { href: string; text: string };
  older?: { href: string; text: string };
}

/** The way to the pages before and after this one. */
export function Paging({ label, newer, older }: PagingProps) {
  if (!newer && !older) return null;
  return (
    <nav class="paging" aria-label={label}>
      {newer && (
        <a class="button button-plain" href={newer.href} rel="prev">
          <Icon name="arrowStart" class="icon-turns" />
          <span>{newer.text}</span>
        </a>
      )}
      {older && (
        <a class="button button-plain paging-older" href={older.href} rel="next">
          <span>{older.text}</span>
          <Icon name="arrowEnd" class="icon-turns" />
        </a>
      )}
    </nav>
  );
}
