import { usePage } from "../base/page.tsx";
import { Gate } from "./Gate.tsx";

export interface OutOfBandCodePageProps {
  app: string;
  code: string;
}

/** The code of an app that has no address to return to (`urn:ietf:wg:oauth:2.0:oob`). */
export function OutOfBandCodePage({ app, code }: OutOfBandCodePageProps) {
  const { t } = usePage();
  return (
    <Gate title={t.auth.codeTitle} lead={t.auth.codeLead(app)}>
      <label class="visually-hidden" for="code">{t.auth.code}</label>
      <input class="input code" id="code" value={code} readOnly dir="ltr" />
    </Gate>
  );
}
