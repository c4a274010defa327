/** Joins the class names that apply: `classes("button", primary && "button-primary")`. */
export function classes(...names: (string | false | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
