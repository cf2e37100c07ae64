import { Button, FileButton, NumberInput, TextInput, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, api, ifMatch } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { IconUpload } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { Money } from '@house/parts/Money.tsx';
import { notify } from '@house/parts/notices.ts';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { cardOptions, cardPage, cellOf, gridsOf, type Card } from './cards.ts';
import css from './Card.module.css';
import routing from './Routing.module.css';
import { codeOf } from './strategy.ts';
import en from './texts.en.ts';

const example = 'service_code,zone_label,country_codes,postcode_prefixes,max_weight,rate,currency,transit_days\ntracked-24,Mainland,GB,,2,4.95,GBP,1\ntracked-24,Mainland,GB,,10,6.50,GBP,1-2\ntracked-24,Highlands,GB,"IV,KW",2,9.50,GBP,3\n';

/** A carrier's sheet: pasted or from a file, looked at with the rows that are at fault, then written. */
export default function ImportCardPage() {
  const t = useTexts(en);
  const { code: existing } = useParams({ strict: false });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const before = useQuery({ ...cardOptions(existing ?? ''), enabled: existing !== undefined });
  const [said, setSaid] = useState<{ name: string; carrier: string }>({ name: '', carrier: '' });
  const [days, setDays] = useState<number | ''>(5);
  const [sheet, setSheet] = useState('');
  const name = said.name || (before.data?.name ?? '');
  const carrier = said.carrier || (before.data?.carrier ?? '');
  const code = existing ?? codeOf(name);
  const send = (dryRun: boolean) =>
    ask(
      api.PUT('/api/v1/rate-cards/{code}/sheet', {
        params: { path: { code }, query: { name: name.trim(), carrier: carrier.trim() || name.trim(), days: days === '' ? 5 : days, dryRun } },
        body: sheet,
        bodySerializer: (text: string) => text,
        headers: { 'Content-Type': 'text/csv', ...ifMatch(before.data?.version ?? 0) },
      } as never),
    ) as Promise<Card>;
  const look = useMutation({ mutationFn: () => send(true) });
  const write = useMutation({
    mutationFn: () => send(false),
    onSuccess: async (card) => {
      await queries.invalidateQueries({ queryKey: ['rate-cards'] });
      notify(t('card.imported', { name: card.name, n: card.rates.length }));
      void navigate({ to: cardPage(card.code) as string });
    },
  });
  const change = (text: string) => {
    setSheet(text);
    look.reset();
    write.reset();
  };
  const found = look.data;
  return (
    <>
      <PageHead title={t(existing ? 'card.import' : 'card.new')} beside={existing && <Code>{existing}</Code>} />
      <form
        className={routing.page}
        onSubmit={(e) => {
          e.preventDefault();
          if (found) write.mutate();
          else look.mutate();
        }}
      >
        <p className={routing.about}>{t(existing ? 'import.replaces' : 'import.text')}</p>
        <div className={css.names}>
          <TextInput label={t('name')} description={!existing && code ? t('codeWillBe', { code }) : undefined} required maxLength={200} value={name} onChange={(e) => setSaid({ ...said, name: e.currentTarget.value })} />
          <TextInput label={t('carrier')} maxLength={64} value={carrier} onChange={(e) => setSaid({ ...said, carrier: e.currentTarget.value })} />
          <NumberInput label={t('import.days')} description={t('import.daysText')} min={0} max={365} allowDecimal={false} hideControls value={days} onChange={(v) => setDays(v === '' ? '' : Number(v))} />
        </div>
        <div className="sy-row sy-row-wrap">
          <FileButton accept=".csv,text/csv,text/plain" onChange={(file) => file && void file.text().then(change)}>
            {(props) => <Button variant="default" leftSection={<IconUpload size={16} aria-hidden />} {...props}>{t('import.file')}</Button>}
          </FileButton>
          {sheet === '' && <Button variant="subtle" onClick={() => change(example)}>{t('import.example')}</Button>}
        </div>
        <Textarea classNames={{ input: css.sheet! }} label={t('import.sheet')} description={t('import.columns')} value={sheet} onChange={(e) => change(e.currentTarget.value)} autosize minRows={6} maxRows={16} spellCheck={false} dir="ltr" required />
        <Faults error={look.error ?? write.error} sheet={sheet} />
        {found && <Preview card={found} before={before.data} />}
        <div className="sy-row">
          <Button type="submit" loading={look.isPending || write.isPending} disabled={sheet.trim() === ''}>{found ? t('import.write', { n: found.rates.length }) : t('import.look')}</Button>
        </div>
      </form>
    </>
  );
}

/** The rows that cannot be read, each with its line, as it stands, and what is wrong with it. */
function Faults({ error, sheet }: { error: unknown; sheet: string }) {
  const t = useTexts(en);
  if (!(error instanceof ApiError)) return <ProblemAlert error={error} />;
  const rows = error.fields.flatMap((f) => {
    const match = /^#line(\d+)(?:\/(\w+))?/.exec(f.pointer);
    return match ? [{ line: Number(match[1]), column: match[2] ?? '', detail: f.detail }] : [];
  });
  if (rows.length === 0) return <ProblemAlert error={error} what={t('import.refused')} />;
  const lines = sheet.split(/\r?\n/);
  return (
    <Section title={t('import.faults', { n: rows.length })}>
      <ScrollPanel label={t('import.faults', { n: rows.length })}>
        <table className={routing.table}>
          <thead>
            <tr>
              <th scope="col" className={routing.end}>{t('import.line')}</th>
              <th scope="col">{t('import.column')}</th>
              <th scope="col">{t('import.wrong')}</th>
              <th scope="col">{t('import.row')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, 50).map((r, i) => (
              <tr key={i}>
                <th scope="row" className={routing.end}>{r.line}</th>
                <td><bdi className="sy-code">{r.column}</bdi></td>
                <td><Status tone="bad" isPlain>{r.detail}</Status></td>
                <td className="sy-muted"><bdi>{lines[r.line - 1]}</bdi></td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPanel>
    </Section>
  );
}

/** What the sheet says: prices by service, and how they differ from those that count now. */
function Preview({ card, before }: { card: Card; before: Card | undefined }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const known = new Map((before?.rates ?? []).map((r) => [JSON.stringify([r.service, r.zone, r.upToGrams]), r.priceMinor]));
  const now = new Set(card.rates.map((r) => JSON.stringify([r.service, r.zone, r.upToGrams])));
  const changed = card.rates.filter((r) => {
    const was = known.get(JSON.stringify([r.service, r.zone, r.upToGrams]));
    return was !== undefined && was !== r.priceMinor;
  }).length;
  const gone = [...known.keys()].filter((k) => !now.has(k)).length;
  return (
    <Section title={t('import.preview')}>
      <p role="status">
        {t('import.found', { rates: card.rates.length, currency: card.currency })}
        {before && ` ${t('import.differs', { changed, gone, added: card.rates.length - (known.size - gone) })}`}
        {(card.leftOut ?? 0) > 0 && ` ${t('import.leftOut', { n: card.leftOut ?? 0 })}`}
      </p>
      {gridsOf(card.rates).slice(0, 10).map((grid) => (
        <ScrollPanel key={`${grid.method}/${grid.service}`} label={grid.service}>
          <table className={routing.table}>
            <thead>
              <tr>
                <th scope="col">{grid.service}</th>
                {grid.grams.map((g) => <th key={g} scope="col" className={routing.end}>{t('card.upTo', { kg: number(g / 1000) })}</th>)}
              </tr>
            </thead>
            <tbody>
              {grid.zones.slice(0, 20).map((zone) => (
                <tr key={zone}>
                  <th scope="row"><bdi>{zone}</bdi></th>
                  {grid.grams.map((g) => <td key={g} className={routing.end}><Money minor={grid.at.get(cellOf(zone, g))?.priceMinor} currency={card.currency} /></td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollPanel>
      ))}
    </Section>
  );
}
