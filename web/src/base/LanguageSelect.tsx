import { Select } from "../ui/Field.tsx";
import { writtenLanguages } from "@riff/api/base/messages/languages.ts";
import { usePage } from "./page.tsx";

export interface LanguageSelectProps {
  name: string;
  label: string;
  /** The language that a form had before; else the member's own, else the page's. */
  value?: string | null;
  id?: string;
}

/** Which language something is written in. */
export function LanguageSelect({ name, label, value, id }: LanguageSelectProps) {
  const { t, viewer } = usePage();
  const chosen = value ?? viewer?.account.source.language ?? t.locale;
  const options = writtenLanguages.map(({ code, name }) => ({ value: code, label: name, lang: code }));
  if (!options.some((option) => option.value === chosen)) {
    options.push({ value: chosen, label: chosen, lang: chosen });
  }
  return <Select {...{ name, label, id, options }} value={chosen} />;
}
