import type { ComponentChildren } from "preact";
import { usePage } from "./page.tsx";

export interface FormProps {
  /** Where it is posted to, from `actions`. A button may have a `formaction` of its own. */
  action: string;
  class?: string;
  id?: string;
  /** What it is for, where no heading says so. */
  label?: string;
  /** What of this page to come back to, such as `post-123`. */
  anchor?: string;
  /** Fields for files are among its own. */
  takesFiles?: boolean;
  children: ComponentChildren;
}

/** The only way to post: carries the token against forged requests, and the way back. */
export function Form({ action, class: className, id, label, anchor, takesFiles, children }: FormProps) {
  const { csrf, path } = usePage();
  return (
    <form
      method="post"
      action={action}
      enctype={takesFiles ? "multipart/form-data" : undefined}
      class={className}
      id={id}
      aria-label={label}
    >
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="back" value={anchor ? `${path}#${anchor}` : path} />
      {children}
    </form>
  );
}
