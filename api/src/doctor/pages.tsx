import { paths } from "@riff/web/base/paths.ts";
import { DoctorPage } from "@riff/web/doctor/DoctorPage.tsx";
import { browser, type Route } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { together } from "../base/together.ts";
import { render, wordsFor } from "../pages/render.tsx";
import { examine } from "./examine.ts";
import { namesBy } from "./names.ts";
import { resourcesHere } from "./resources.ts";

/** Milliseconds that a mail server or a bucket may be silent while somebody looks at the page. */
const patience = 5_000;

/** The doctor's page, for admins: for everybody else there is none. */
export const pages: Route[] = [
  browser("GET", paths.doctor, async (c) => {
    const { ctx, member } = c.var;
    if (member.role !== "admin") throw new NotFound();
    // This is one of the few pages that ask others while somebody waits; who looks at the same time waits along.
    const findings = await together(ctx, "doctor", () =>
      examine({
        ...{ config: ctx.config, ctx, http: ctx.http, names: namesBy(), resources: resourcesHere },
        ...{ now: () => ctx.now(), patience },
      }));
    return render(c, <DoctorPage findings={findings} />, { title: wordsFor(c).doctor.title });
  }),
];
