export interface Tab {
  href: string;
  text: string;
  current: boolean;
}

/** Links between pages that belong together. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav class="tabs" aria-label={label}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.href}>
            <a href={tab.href} aria-current={tab.current ? "page" : undefined}>{tab.text}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
