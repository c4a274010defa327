import type { Rule } from "../base/entities.ts";

/** The rules of this server, as its admins numbered them. */
export function RuleList({ rules }: { rules: readonly Rule[] }) {
  return (
    <ol class="rules">
      {rules.map((rule) => (
        <li key={rule.id} dir="auto">
          <p>{rule.text}</p>
          {rule.hint && <p class="rule-hint">{rule.hint}</p>}
        </li>
      ))}
    </ol>
  );
}
