import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";

interface Labelled {
  name: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  /** What is wrong with it. */
  error?: string;
  /** Differs from `name` where a page has two fields of one name. */
  id?: string;
}

export interface TextFieldProps extends Labelled {
  value?: string;
  type?: "text" | "email" | "password" | "search";
  autocomplete?: string;
  required?: boolean;
  maxlength?: number;
  minlength?: number;
  /** Names and addresses: no capitals and no corrections, please. */
  verbatim?: boolean;
}

const asItIs = { autocapitalize: "none", autocorrect: "off", spellcheck: false, dir: "ltr" } as const;

/** One line to write in, with its label above and its complaint below. */
export function TextField({ verbatim, label, hint, error, id, type = "text", ...input }: TextFieldProps) {
  const field = fieldOf({ name: input.name, id, hint, error });
  const manner = verbatim ? asItIs : { dir: "auto" } as const;
  return (
    <Labelled {...{ label, hint, error, field }}>
      {/* Preact's types want one literal here; any of ours will do. */}
      <input class="input" type={type as "text"} {...input} {...manner} {...field.attributes} />
    </Labelled>
  );
}

export interface TextAreaProps extends Labelled {
  value?: string;
  rows?: number;
  required?: boolean;
  placeholder?: string;
  lang?: string;
  maxlength?: number;
}

/** Several lines to write in. */
export function TextArea({ value = "", label, hint, error, id, rows = 4, ...input }: TextAreaProps) {
  const field = fieldOf({ name: input.name, id, hint, error });
  return (
    <Labelled {...{ label, hint, error, field }}>
      <textarea class="input" rows={rows} dir="auto" {...input} {...field.attributes}>{value}</textarea>
    </Labelled>
  );
}

export interface SelectProps extends Labelled {
  value?: string;
  options: readonly { value: string; label: string; lang?: string }[];
}

/** One of many. */
export function Select({ value, options, label, hint, error, id, name }: SelectProps) {
  const field = fieldOf({ name, id, hint, error });
  return (
    <Labelled {...{ label, hint, error, field }}>
      <span class="select">
        <select class="input" name={name} {...field.attributes}>
          {options.map((option) => (
            <option
              key={option.value}
              value={option.value}
              lang={option.lang}
              selected={option.value === value}
            >
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </span>
    </Labelled>
  );
}

export interface FileFieldProps extends Labelled {
  /** The media types to choose from. */
  accept: readonly string[];
}

/** A file to send along. The form around it has to take files. */
export function FileField({ label, hint, error, id, name, accept }: FileFieldProps) {
  const field = fieldOf({ name, id, hint, error });
  return (
    <Labelled {...{ label, hint, error, field }}>
      <input class="input file" type="file" name={name} accept={accept.join(",")} {...field.attributes} />
    </Labelled>
  );
}

export interface CheckboxProps extends Labelled {
  checked?: boolean;
  required?: boolean;
  /** What it sends, if not `true`. */
  value?: string;
}

/** Yes or no. Sends `true`, or nothing. */
export function Checkbox(props: CheckboxProps) {
  const { label, hint, error, id, name, checked, required, value = "true" } = props;
  const field = fieldOf({ name, id, hint, error });
  return (
    <div class="field checkbox">
      <input type="checkbox" {...{ name, value, checked, required }} {...field.attributes} />
      <label for={field.id}>{label}</label>
      <Remarks {...{ hint, error, field }} />
    </div>
  );
}

interface FieldIds {
  id: string;
  hintId: string;
  errorId: string;
  attributes: { id: string; "aria-describedby"?: string; "aria-invalid"?: "true" };
}

/** The ids that tie a field to its hint and its complaint. */
function fieldOf({ name, id = name, hint, error }: Omit<Labelled, "label">): FieldIds {
  const [hintId, errorId] = [`${id}-hint`, `${id}-error`];
  const described = [error && errorId, hint && hintId].filter(Boolean).join(" ");
  return {
    id,
    hintId,
    errorId,
    attributes: {
      id,
      "aria-describedby": described || undefined,
      "aria-invalid": error ? "true" : undefined,
    },
  };
}

interface Around {
  hint?: ComponentChildren;
  error?: string;
  field: FieldIds;
}

function Labelled(
  { label, children, ...around }: Around & { label: ComponentChildren; children: ComponentChildren },
) {
  return (
    <div class="field">
      <label for={around.field.id}>{label}</label>
      {children}
      <Remarks {...around} />
    </div>
  );
}

function Remarks({ hint, error, field }: Around) {
  return (
    <>
      {error && (
        <p class="field-error" id={field.errorId}>
          <Icon name="warning" />
          <span>{error}</span>
        </p>
      )}
      {hint && <p class="field-hint" id={field.hintId}>{hint}</p>}
    </>
  );
}
