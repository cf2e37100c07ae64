import type { CSSProperties } from 'react';
import type { MailPage } from './messages.ts';
import css from './Messages.module.css';

type Run = MailPage['blocks'][number]['runs'][number];

/** A message as its reader sees it: always light, as mail mostly is. */
export function MailPreview({ page, label }: { page: MailPage; label: string }) {
  return (
    <div className={css.mail} lang={page.language} style={{ '--mail-accent': page.look.accent } as CSSProperties} role="group" aria-label={label}>
      <p className={css.shop}>{page.look.name}</p>
      {page.blocks.map((b, i) =>
        b.kind === 'rule' ? (
          <hr key={i} className={css.rule} />
        ) : (
          <div key={i} className={css[b.kind]} dir="auto">
            <Runs runs={b.runs} />
            {b.right && (
              <span dir="auto">
                <Runs runs={b.right} />
              </span>
            )}
          </div>
        ),
      )}
      <p className={css.small}>{page.look.footer ?? page.look.name}</p>
    </div>
  );
}

// A link leads nowhere here: it is the customer's.
function Runs({ runs }: { runs: readonly Run[] }) {
  return (
    <span className={css.runs}>
      {runs.map((r, i) => (r.href ? <u key={i}>{r.text}</u> : r.isStrong ? <b key={i}>{r.text}</b> : r.text))}
    </span>
  );
}
