/**
 * The word riff on a string: one line runs through all letters at half height, is the crossbar of both f,
 * and the dot of the i is the note that has just left it. `assets/favicon.svg` is its second half.
 */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 92 48" role="img" aria-label="riff">
      <path
        class="logo-letters"
        d="M10 40V20M10 28c0-5 3.5-8 9-8M31 40V20M47 40V15c0-5.5 3-8.5 8-8.5M66 40V15c0-5.5 3-8.5 8-8.5"
      />
      <path class="logo-string" d="M40 21h44" />
      <circle class="logo-note" cx="31" cy="9.5" r="4.5" />
    </svg>
  );
}
