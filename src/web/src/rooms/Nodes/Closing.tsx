import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '@mantine/core';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useActorName } from '@house/useActorName.ts';
import type { Node } from './nodes.ts';
import css from './NodePage.module.css';
import en from './texts.en.ts';

type View = Schema['ReadClosingView'];

/** Why it is closed, how far its work has been moved, and what is left to do by hand. */
export function Closing({ node, closing }: { node: Node; closing: View }) {
  const t = useTexts(en);
  const nameOf = useActorName();
  const [more, setMore] = useState<string | null>(null);
  const { data: further, error } = useQuery({
    queryKey: ['nodes', node.code, 'closing', more],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/closing', { params: { path: { code: node.code }, query: { after: more! } }, signal })),
    enabled: more !== null,
  });
  const shown = further ?? closing;
  return (
    <Section title={t('closing')} beside={<Status tone={closing.state === 'running' ? 'progress' : 'bad'}>{t(closing.state === 'running' ? 'closing.running' : 'closing.done')}</Status>}>
      <p dir="auto">{closing.reason}</p>
      <p className="sy-muted">
        {t.node('closing.by', { who: nameOf(closing.startedBy), when: <When at={closing.startedAt} as="dateTime" /> })}{' '}
        {closing.until && t.node('closing.until', { when: <When at={closing.until} as="dateTime" zone={node.timeZone} /> })}
      </p>
      <p role="status">
        {t('closing.moved', { orders: closing.ordersSeen, units: closing.unitsMoved })} {closing.unitsLeft > 0 && t('closing.left', { n: closing.unitsLeft })} {closing.failures > 0 && t('closing.failures', { n: closing.failures })}
      </p>
      <ProblemAlert error={error} />
      {shown.rest.length > 0 && (
        <div className={css.scroll}>
          <table className="sy-table">
            <caption className="sy-hidden">{t('closing.rest')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('order')}</th>
                <th scope="col" className="sy-number">{t('unitsLeft')}</th>
                <th scope="col">{t('why')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.rest.map((r) => (
                <tr key={r.order}>
                  <td><Link to={`/orders/${r.order}`} className="sy-nowrap">{r.number}</Link></td>
                  <td className="sy-number">{r.units}</td>
                  <td>{t.maybe(`left.${r.reason}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {shown.next && <Button variant="default" size="compact-sm" className={css.more} onClick={() => setMore(shown.next)}>{t('closing.next')}</Button>}
    </Section>
  );
}
