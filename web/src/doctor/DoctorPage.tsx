import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";

/** What was found, and what to do about it. */
export interface DoctorFinding {
  area: string;
  level: "good" | "doubtful" | "bad";
  what: string;
  mend?: string;
}

export interface DoctorPageProps {
  findings: DoctorFinding[];
}

/** How the server is, for its admins: by area, each finding with its mend, in the words of the terminal. */
export function DoctorPage({ findings }: DoctorPageProps) {
  const { t } = usePage();
  const count = (level: DoctorFinding["level"]) => findings.filter((one) => one.level === level).length;
  return (
    <>
      <PageHeader title={t.doctor.title} lead={t.doctor.lead(count("bad"), count("doubtful"))} />
      {[...new Set(findings.map(({ area }) => area))].map((area) => (
        <section class="settings-section" key={area} aria-labelledby={`doctor-${area}`}>
          <h2 class="section-title" id={`doctor-${area}`}>{t.doctor.areas[area] ?? area}</h2>
          <ul class="panel doctor-findings" lang="en" dir="ltr">
            {findings.filter((one) =>
              one.area === area
            ).map(({ level, what, mend }) => (
              <li key={what}>
                <p>
                  <strong>{t.doctor.levels[level]}</strong> {what}
                </p>
                {mend && <p class="doctor-mend">{mend}</p>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
