import { Button, Menu } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { IconDownload } from '@house/icons.ts';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Money } from '@house/parts/Money.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay, useSession } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { ApproveBill } from './ApproveBill.tsx';
import css from './Billing.module.css';
import { activities, billOptions, download, monthName, pageOf, tones, type Bill } from './bills.ts';
import { Entries } from './Entries.tsx';
import { TariffDialog } from './TariffDialog.tsx';
import en from './texts.en.ts';

/** One bill: its lines, what each is made of, what is to be looked at before it is approved, and its versions. */
export default function BillPage() {
  const t = useTexts(en);
  const may = useMay();
  const { session } = useSession();
  const { locale } = useSpeech();
  const { merchant = '', month = '' } = useParams({ strict: false });
  const [url, setUrl] = useUrlState();
  const version = /^\d+$/.test(url['version'] ?? '') ? Number(url['version']) : undefined;
  const { data: bill, error, refetch } = useQuery({ ...billOptions(merchant, month, version, url['prices'] === 'new'), placeholderData: (before) => before });
  const [dialog, setDialog] = useState<'approve' | 'prices' | null>(null);
  const file = useMutation({ mutationFn: (entries: boolean) => download(bill!, entries, url['prices'] === 'new') });
  const activity = activities.find((a) => a === url['of']);
  if (error instanceof ApiError && (error.status === 404 || error.status === 400))
    return <EmptyState kind="nothing" isPage title={t('notFound')} text={t('notFoundText')} action={<Link to="/bills">{t('title')}</Link>} />;
  const isDraft = bill !== undefined && bill.version === null;
  // The house owes itself nothing: its own figures are there to be looked at.
  const mayApprove = session.isHouse && bill?.merchant !== session.merchant && may('billing:approve') && isDraft && bill.isOver && bill.currency !== null && (bill.state === 'open' || bill.state === 'changed' || url['prices'] === 'new');
  return (
    <article>
      <PageHead
        title={bill ? `${bill.merchantName}, ${monthName(month, locale)}` : monthName(month, locale)}
        beside={bill && <Status tone={tones[bill.state]}>{isDraft && bill.versions.length > 0 ? t('draft') : bill.version ? t('state.version', { n: bill.version }) : t(`state.${bill.state}`)}</Status>}
        actions={
          bill && (
            <>
              <Menu position="bottom-end">
                <Menu.Target>
                  <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={file.isPending}>
                    {t('download')}
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item onClick={() => file.mutate(false)}>{t('download.lines')}</Menu.Item>
                  <Menu.Item onClick={() => file.mutate(true)}>{t('download.entries', { n: bill.entries })}</Menu.Item>
                </Menu.Dropdown>
              </Menu>
              <Button variant="default" onClick={() => setDialog('prices')}>
                {t('prices')}
              </Button>
              {mayApprove && <Button onClick={() => setDialog('approve')}>{t('approve')}</Button>}
            </>
          )
        }
      />
      <div className={css.problems}>
        <ProblemAlert error={error} again={() => void refetch()} />
        <ProblemAlert error={file.error} />
      </div>
      {bill && (
        <div className={css.page}>
          <div className={css.main}>
            <ToLookAt bill={bill} isDraft={isDraft} isRepriced={url['prices'] === 'new'} onUrl={setUrl} onPrices={() => setDialog('prices')} />
            <Lines bill={bill} of={activity} onOf={(of) => setUrl({ of: of === activity ? undefined : of, after: undefined }, true)} />
            {activity && <Entries bill={bill} activity={activity} />}
          </div>
          <aside className={css.side} aria-label={t('versions')}>
            <Section isSide title={t('versions')}>
              <Versions bill={bill} />
            </Section>
          </aside>
        </div>
      )}
      {bill && dialog === 'approve' && <ApproveBill bill={bill} newPrices={url['prices'] === 'new'} onClose={() => setDialog(null)} onDone={() => setUrl({ version: undefined, prices: undefined })} />}
      {bill && dialog === 'prices' && <TariffDialog bill={bill} onClose={() => setDialog(null)} />}
    </article>
  );
}

interface LookProps {
  bill: Bill;
  isDraft: boolean;
  isRepriced: boolean;
  onUrl: (change: Record<string, string | undefined>, isStep?: boolean) => void;
  onPrices: () => void;
}

/** What whoever approves should know: what came late, what has no price, and that the month goes on. */
function ToLookAt({ bill, isDraft, isRepriced, onUrl, onPrices }: LookProps) {
  const t = useTexts(en);
  const { session } = useSession();
  const last = bill.versions[0];
  return (
    <>
      {!isDraft && bill.later !== 0 && bill.version === last?.version && (
        <div className={css.note} role="note">
          <span>{t('later', { n: bill.later })}</span>
          <Button size="compact-md" variant="default" onClick={() => onUrl({ version: '0' }, true)}>{t('asNow')}</Button>
        </div>
      )}
      {isDraft && last && (
        <div className={css.note} role="note">
          <span>
            {t(isRepriced ? 'draftRepriced' : 'draftKept', { n: last.version })} {bill.currency === last.currency && <>{t('difference')} <Money minor={bill.totalMinor - last.totalMinor} currency={bill.currency} isDifference /></>}
          </span>
          <Button size="compact-md" variant="default" onClick={() => onUrl({ prices: isRepriced ? undefined : 'new' })}>{t(isRepriced ? 'pricesKept' : 'pricesNew')}</Button>
        </div>
      )}
      {bill.currency === null ? (
        <div className={css.note} role="note">
          <span>{t(session.isHouse ? 'noTariff' : 'noTariffOwn')}</span>
          {session.isHouse && <Button size="compact-md" variant="default" onClick={onPrices}>{t('prices.set')}</Button>}
        </div>
      ) : bill.unpriced.length > 0 && (
        <p className={css.quiet}>{t('unpriced', { what: bill.unpriced.map((a) => t(`activity.${a}`)).join(', ') })}</p>
      )}
      {isDraft && !last && bill.state === 'running' && <p className={css.quiet}>{t('running')}</p>}
    </>
  );
}

function Lines({ bill, of, onOf }: { bill: Bill; of: string | undefined; onOf: (activity: string) => void }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const currency = bill.currency ?? '';
  if (bill.lines.length === 0) return <EmptyState kind="nothing" title={t(bill.entries === 0 ? 'nothingDone' : 'nothingPriced')} />;
  return (
    <Section title={t('lines')}>
      <ScrollPanel label={t('lines')}>
        <table className={`sy-table ${css.lines}`}>
          <thead>
            <tr>
              <th scope="col">{t('activity')}</th>
              <th scope="col" className="sy-number">{t('quantity')}</th>
              <th scope="col" className="sy-number">{t('price')}</th>
              <th scope="col" className="sy-number">{t('amount')}</th>
              <th scope="col" className="sy-number">{t('madeOf')}</th>
            </tr>
          </thead>
          <tbody>
            {bill.lines.map((l) => (
              <tr key={l.activity} data-on={of === l.activity || undefined}>
                <th scope="row">{t(`activity.${l.activity}`)}</th>
                <td className="sy-number">{number(l.quantity)}</td>
                <td className="sy-number"><Money minor={l.priceMinor} currency={currency} />{l.per > 1 && <span className="sy-muted"> {t('per', { n: l.per })}</span>}</td>
                <td className="sy-number"><Money minor={l.amountMinor} currency={currency} /></td>
                <td className="sy-number">
                  <Button size="compact-md" variant="subtle" aria-expanded={of === l.activity} onClick={() => onOf(l.activity)}>{t('entriesOf', { n: l.events })}</Button>
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={3}>{t('total')}</th>
              <td className="sy-number"><strong><Money minor={bill.totalMinor} currency={currency} /></strong></td>
              <td />
            </tr>
          </tfoot>
        </table>
      </ScrollPanel>
    </Section>
  );
}

function Versions({ bill }: { bill: Bill }) {
  const t = useTexts(en);
  if (bill.versions.length === 0) return <p className="sy-muted">{t(bill.isOver ? 'notApproved' : 'notOver')}</p>;
  return (
    <ul className={css.versions}>
      {bill.versions.map((v) => (
        <li key={v.version}>
          <Link to={pageOf(bill)} search={{ version: String(v.version) } as never} aria-current={v.version === bill.version ? 'true' : undefined}>
            {t('state.version', { n: v.version })}
          </Link>
          <Money minor={v.totalMinor} currency={v.currency} />
          <span className="sy-muted">
            <When at={v.approvedAt} as="dateTime" /> · <bdi>{v.approvedBy}</bdi>
          </span>
        </li>
      ))}
    </ul>
  );
}
