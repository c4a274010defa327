import { usePage } from "../base/page.tsx";
import { paths } from "../base/paths.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { Gate } from "./Gate.tsx";

/** A link of a mail was used before, or is too old. What to do about it depends on what it was for. */
export function LinkGonePage({ purpose }: { purpose: "confirm" | "reset" }) {
  const { t } = usePage();
  return (
    <Gate title={t.auth.linkGoneTitle} lead={t.auth.linkGoneText}>
      {purpose === "confirm"
        ? (
          <>
            <p>{t.auth.linkGoneConfirm}</p>
            <ButtonLink href={paths.signIn} tone="primary" wide>{t.nav.signIn}</ButtonLink>
          </>
        )
        : <ButtonLink href={paths.forgot} tone="primary" wide>{t.auth.linkGoneReset}</ButtonLink>}
    </Gate>
  );
}
