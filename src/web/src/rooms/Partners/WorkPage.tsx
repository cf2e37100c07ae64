import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { IconDownload } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { FieldList, Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { Due, When } from '@house/parts/When.tsx';
import { useMethodName } from '@house/words/useMethodName.ts';
import { AddressText } from '@rooms/Orders/AddressText.tsx';
import { AnswerWork } from './AnswerWork.tsx';
import css from './Partners.module.css';
import { ShipWork } from './ShipWork.tsx';
import { answersOf, toneOf, type Answer, type Work } from './work.ts';
import en from './texts.en.ts';

/** One order of a partner: what to send, to whom, what goes with it, and the answers it may be given now. */
export default function WorkPage() {
  const t = useTexts(en);
  const { id = '' } = useParams({ strict: false });
  const { data: work, error, refetch } = useQuery({
    queryKey: ['partner', 'work', 'one', id],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/partner/work/{id}', { params: { path: { id } }, signal })),
    refetchInterval: 30_000,
  });
  const [answer, setAnswer] = useState<Answer | null>(null);
  if (error instanceof ApiError && error.status === 404)
    return <EmptyState kind="nothing" isPage title={t('notFound')} text={t('notFoundText')} action={<Link to="/partner">{t('back')}</Link>} />;
  const answers = work ? answersOf(work) : [];
  return (
    <article>
      <PageHead
        title={work?.number ?? t('title')}
        beside={
          work && (
            <span className={css.states}>
              <Status tone={toneOf(work.state)}>{t(`state.${work.state}`)}</Status>
              {work.isHeld && <Status tone="hold">{t('held')}</Status>}
              {work.isLate && <Status tone="bad">{t('late')}</Status>}
            </span>
          )
        }
        actions={[...answers].reverse().map((a) => (
          <Button key={a} variant={a === answers[0] ? 'filled' : 'default'} onClick={() => setAnswer(a)}>
            {t(a)}
          </Button>
        ))}
      />
      <ProblemAlert error={error} again={() => void refetch()} />
      {work?.state === 'stopAsked' && <p className={css.note} role="status">{t('stopText')}</p>}
      {work?.isHeld && <p className={css.note} role="status">{t('heldText')}</p>}
      {work && (
        <div className={css.page}>
          <div className={css.main}>
            <Lines work={work} />
            <Parcels work={work} />
          </div>
          <Side work={work} />
        </div>
      )}
      {work && answer === 'ship' && <ShipWork work={work} onClose={() => setAnswer(null)} />}
      {work && answer && answer !== 'ship' && <AnswerWork work={work} answer={answer} onClose={() => setAnswer(null)} />}
    </article>
  );
}

function Lines({ work }: { work: Work }) {
  const t = useTexts(en);
  const { number } = useFormat();
  return (
    <Section title={t('lines')}>
      <ScrollPanel label={t('table')}>
        <table className="sy-table">
          <thead>
            <tr>
              <th scope="col">{t('goods')}</th>
              <th scope="col" className="sy-number">{t('ordered')}</th>
              <th scope="col" className="sy-number">{t('open')}</th>
              <th scope="col" className="sy-number">{t('sent')}</th>
              <th scope="col" className="sy-number">{t('gone')}</th>
            </tr>
          </thead>
          <tbody>
            {work.lines.map((l) => (
              <tr key={l.line}>
                <td>
                  <Code>{l.sku}</Code> <span dir="auto">{l.name}</span>
                  {l.barcode && <span className={css.detail}>{l.barcode}</span>}
                  {l.details.map((d) => (
                    <span key={d.name} className={css.detail} dir="auto">
                      {d.name}: <strong>{d.value}</strong>
                    </span>
                  ))}
                </td>
                <td className="sy-number">{number(l.quantity)}</td>
                <td className="sy-number sy-strong">{number(l.open)}</td>
                <td className="sy-number">{number(l.shipped)}</td>
                <td className="sy-number">{number(l.cancelled)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPanel>
    </Section>
  );
}

function Parcels({ work }: { work: Work }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const skuOf = (line: number) => work.lines.find((l) => l.line === line)?.sku ?? '';
  return (
    <Section title={t('parcels')}>
      {work.parcels.length === 0 ? (
        <p className="sy-muted">{t('noParcels')}</p>
      ) : (
        <ScrollPanel label={t('parcels')}>
          <table className="sy-table">
            <thead>
              <tr>
                <th scope="col">{t('tracking')}</th>
                <th scope="col">{t('carrier')}</th>
                <th scope="col">{t('goods')}</th>
                <th scope="col">{t('left')}</th>
              </tr>
            </thead>
            <tbody>
              {work.parcels.map((p) => (
                <tr key={p.parcel}>
                  <td>{p.tracking ? <Code>{p.tracking}</Code> : t('parcel', { n: p.parcel })}</td>
                  <td><bdi>{p.carrier === 'other' ? t('other') : p.carrier}</bdi></td>
                  <td>{p.lines.map((l) => `${number(l.quantity)} × ${skuOf(l.line)}`).join(', ')}</td>
                  <td><When at={p.shippedAt} as="dateTime" /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollPanel>
      )}
    </Section>
  );
}

function Side({ work }: { work: Work }) {
  const t = useTexts(en);
  const method = useMethodName();
  const isOpen = work.lines.some((l) => l.open > 0);
  return (
    <aside className={css.side} aria-label={t('side')}>
      {work.shipTo && (
        <Section isSide title={t('shipTo')}>
          <AddressText address={work.shipTo} />
        </Section>
      )}
      <FieldList
        fields={[
          [t('shipBy'), work.shipBy && <Due key="s" at={work.shipBy} isDone={!isOpen} />],
          [t('answerBy'), work.state === 'new' && work.answerBy && <Due key="a" at={work.answerBy} />],
          [t('deliverBy'), work.deliverBy && <When key="d" at={work.deliverBy} as="date" />],
          [t('method'), work.method && method(work.method)],
          [t('label'), t('label.yours')],
          [t('order'), <Code key="o">{work.orderNumber}</Code>],
          [t('supplierOrder'), work.supplierOrder && <Code key="p">{work.supplierOrder}</Code>],
          [t('reference'), work.reference && <Code key="r">{work.reference}</Code>],
          [t('expected'), work.expectedAt && <When key="e" at={work.expectedAt} as="date" />],
          [t('node'), work.node],
        ]}
      />
      {work.giftMessage && (
        <Section isSide title={t('gift')}>
          <p className={css.gift} dir="auto">{work.giftMessage}</p>
        </Section>
      )}
      {work.documents.length > 0 && (
        <Section isSide title={t('papers')}>
          <ul className={css.papers}>
            {work.documents.map((d) => (
              <li key={d.kind}>
                <a href={d.href} target="_blank" rel="noreferrer">
                  <IconDownload size={16} aria-hidden /> {t(`paper.${d.kind}`)}
                </a>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </aside>
  );
}
