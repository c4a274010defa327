import type { ComponentChildren } from "preact";

/** What a mail says, and the few pieces that all of them are made of: one source for HTML and for plain text. */
export interface Letter {
  subject: string;
  content: ComponentChildren;
  /** The language. */
  locale: string;
  /** Where it goes, if not where the mail was asked for. */
  to?: string;
  /** What it asks for is done here. Where mails become files, the console shows it. */
  link?: string;
  /** Why it came, and how to have no more of these. */
  why: ComponentChildren;
  /** Where one request ends all mails of this kind (RFC 8058). */
  unsubscribe?: string;
}

/*
 * Mail programs know no stylesheets to speak of: what must not be missing stands at each element, and the few rules
 * for dark screens in the frame's head.
 */
const ink = "#13211e";
const soft = "#4e5d59";
const text = { margin: "0 0 16px", fontSize: "16px", lineHeight: "24px", color: ink };

/** A paragraph. */
export function Paragraph({ children }: { children: ComponentChildren }) {
  return <p class="ink" style={text}>{children}</p>;
}

/** The head of a part. */
export function Heading({ children }: { children: ComponentChildren }) {
  return <h2 class="ink" style={{ ...text, margin: "24px 0 8px", fontWeight: 700 }}>{children}</h2>;
}

/** What the reader is asked to do. The plain text has the address, for programs that show no buttons. */
export function Action({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <p style={{ margin: "24px 0" }}>
      <a
        class="button"
        href={href}
        style={{
          ...{ display: "inline-block", padding: "12px 20px", borderRadius: "12px", textDecoration: "none" },
          ...{ background: "#14352f", color: "#ffffff", fontSize: "16px", fontWeight: 700 },
        }}
      >
        {children}
      </a>
    </p>
  );
}

/** What somebody else has written. */
export function Quote({ children }: { children: ComponentChildren }) {
  return (
    <blockquote
      class="ink"
      dir="auto"
      style={{
        ...text,
        padding: "0 0 0 16px",
        borderInlineStart: "3px solid #7da300",
        whiteSpace: "pre-line",
      }}
    >
      {children}
    </blockquote>
  );
}

/** Facts, one a line. */
export function Lines({ children }: { children: ComponentChildren[] }) {
  return (
    <ul class="ink" style={{ ...text, padding: "0 0 0 20px" }}>
      {children.map((child, index) => <li key={index} style={{ margin: "0 0 4px" }}>{child}</li>)}
    </ul>
  );
}

/** A link in a sentence. */
export function Link({ href, children }: { href: string; children: ComponentChildren }) {
  return <a class="link" href={href} style={{ color: "#0a6455" }}>{children}</a>;
}

export interface SheetProps {
  letter: Letter;
  /** What the server calls itself. */
  server: string;
  direction: "ltr" | "rtl";
}

/** The frame around every letter. */
export function Sheet({ letter, server, direction }: SheetProps) {
  return (
    <html lang={letter.locale} dir={direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{letter.subject}</title>
        <style>{forDarkScreens}</style>
      </head>
      <body class="ground" style={{ margin: 0, padding: 0, background: "#f5f7f4" }}>
        {/* Mail programs may throw html and body away, and with them the language. */}
        <div role="article" aria-label={letter.subject} lang={letter.locale} dir={direction}>
          <table role="presentation" width="100%" cellPadding="0" cellSpacing="0">
            <tr>
              <td align="center" style={{ padding: "24px 12px", fontFamily: font }}>
                <table
                  role="presentation"
                  width="100%"
                  cellPadding="0"
                  cellSpacing="0"
                  style={{ maxWidth: "560px" }}
                >
                  <tr>
                    <td class="soft" style={{ padding: "0 24px 12px", fontSize: "14px", color: soft }}>
                      <b>{server}</b>
                    </td>
                  </tr>
                  <tr>
                    <td
                      class="sheet"
                      align={direction === "rtl" ? "right" : "left"}
                      style={{
                        padding: "28px 24px 12px",
                        borderRadius: "16px",
                        background: "#ffffff",
                        overflowWrap: "anywhere",
                      }}
                    >
                      <h1
                        class="ink"
                        style={{ margin: "0 0 16px", fontSize: "22px", lineHeight: "28px", color: ink }}
                      >
                        {letter.subject}
                      </h1>
                      {letter.content}
                    </td>
                  </tr>
                  <tr>
                    <td
                      class="soft"
                      style={{ padding: "16px 24px", fontSize: "13px", lineHeight: "20px", color: soft }}
                    >
                      {letter.why}
                    </td>
                  </tr>
                </table>
              </td>
            </tr>
          </table>
        </div>
      </body>
    </html>
  );
}

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif';

const forDarkScreens = `:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  .ground { background: #0e1413 !important; }
  .sheet { background: #151d1b !important; }
  .ink { color: #e9f0ed !important; }
  .soft { color: #a4b3ae !important; }
  .link { color: #8fdcc9 !important; }
  .button { background: #d3f24b !important; color: #16231b !important; }
}`;
