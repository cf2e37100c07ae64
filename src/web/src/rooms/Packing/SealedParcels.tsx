import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { FileButton } from '@house/parts/FileButton.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { LabelRow } from './LabelRow.tsx';
import css from './Packing.module.css';
import { refusalOf } from './refusals.ts';
import { Reprint } from './Reprint.tsx';
import { packagingOptions, type Sealed, type Table } from './table.ts';
import en from './texts.en.ts';
import { useStation } from './useStation.ts';

interface Props {
  id: string;
  table: Table;
  /** Sealed just now: their labels and papers are asked for at once. */
  fresh: readonly string[];
  needsLabel: boolean;
  mayWork: boolean;
}

/** What was sealed: each parcel with its label and its papers, and what is to be done where one of them failed. */
export function SealedParcels({ id, table, fresh, needsLabel, mayWork }: Props) {
  const t = useTexts(en);
  const [station] = useStation();
  return (
    <Section title={t('sealed')} beside={t('parcelsN', { n: table.sealed.length })}>
      {mayWork && !station && <p className="sy-meta">{t('stationHint')}</p>}
      <ul className={css.sealed} aria-label={t('sealed')}>
        {table.sealed.map((parcel) => (
          <SealedParcel key={parcel.package} id={id} table={table} parcel={parcel} isFresh={fresh.includes(parcel.package)} needsLabel={needsLabel} mayWork={mayWork} />
        ))}
      </ul>
    </Section>
  );
}

function SealedParcel({ id, table, parcel, isFresh, needsLabel, mayWork }: Omit<Props, 'fresh'> & { parcel: Sealed; isFresh: boolean }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const queries = useQueryClient();
  const [station] = useStation();
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [again, setAgain] = useState<string | null>(null);
  const { data: packaging } = useQuery(packagingOptions);
  const papers = table.documents.filter((d) => d.package === parcel.package);
  const begun = useRef(false);
  const here = parcel.state === 'labelled';

  const print = useMutation({
    mutationFn: (wanted: { kinds?: string[]; reason?: string }) => ask(api.POST('/api/v1/packages/{id}/print', { params: { path: { id: parcel.package } }, body: { station, kinds: wanted.kinds ?? null, reason: wanted.reason ?? null } })),
    onSuccess: (answer) => {
      setFaults((before) => ({ ...before, ...Object.fromEntries(answer.papers.map((p) => [p.kind, p.error ? refusalOf(t, new ApiError(422, { code: p.error, detail: p.detail ?? '' })) : ''])) }));
      void queries.invalidateQueries({ queryKey: ['packing', 'table', id] });
    },
  });
  const open = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/fulfilments/{id}/unpack', { params: { path: { id } }, body: { packages: [parcel.parcel] } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['packing'] });
      notify(t('opened', { n: parcel.parcel }));
    },
  });
  const printAll = print.mutate;
  useEffect(() => {
    if (!isFresh || begun.current || !mayWork) return;
    begun.current = true;
    printAll({});
  }, [isFresh, mayWork, printAll]);

  const box = packaging?.items.find((p) => p.code === parcel.packaging);
  return (
    <li className={css.parcel}>
      <div className="sy-row sy-row-wrap sy-spread">
        <span className="sy-row sy-row-wrap">
          <strong>{t('parcelN', { n: parcel.parcel })}</strong>
          <span className="sy-muted">{[t('unitsN', { n: parcel.lines.reduce((n, l) => n + l.quantity, 0) }), box?.name ?? parcel.packaging, parcel.weightGrams === null ? null : t('gramsN', { n: number(parcel.weightGrams) })].filter(Boolean).join(' · ')}</span>
          {parcel.sscc && <span className="sy-meta">SSCC <Code>{parcel.sscc}</Code></span>}
          {!here && <Status tone="good">{t.maybe(`parcel.${parcel.state}`)}</Status>}
        </span>
        {mayWork && here && (
          <Button size="compact-sm" variant="subtle" onClick={() => open.mutate()} loading={open.isPending}>
            {t('openAgain')}
          </Button>
        )}
      </div>
      <ProblemAlert error={open.error} />
      <ul className={css.papers} aria-label={t('papersOf', { n: parcel.parcel })}>
        {needsLabel && <LabelRow parcel={parcel} isFresh={isFresh} mayWork={mayWork} station={station} />}
        {papers.map((paper) => (
          <li key={paper.kind} className={css.paper}>
            <span>{paper.kind === 'insert' && paper.name ? paper.name : t.maybe(`paper.${paper.kind}`)}</span>
            <span className={css.paperWords}>
              {faults[paper.kind] ? (
                <Status tone="bad" isPlain>{faults[paper.kind]}</Status>
              ) : paper.document ? (
                <span className="sy-muted">{station ? t('paperSent') : t('paperMade')}</span>
              ) : print.isPending ? (
                <span className="sy-muted">{t('paperMaking')}</span>
              ) : (
                <span className="sy-muted">{t('paperNone')}</span>
              )}
            </span>
            <span className={css.acts}>
              {paper.document && (
                <FileButton path={`/api/v1/documents/${paper.document}/file`} size="compact-sm" variant="subtle" aria-label={t('openOf', { what: t.maybe(`paper.${paper.kind}`), n: parcel.parcel })}>
                  {t('openPaper')}
                </FileButton>
              )}
              {mayWork && (
                <Button size="compact-sm" variant="default" loading={print.isPending && print.variables?.kinds?.[0] === paper.kind} aria-label={t(paper.document ? 'reprintOf' : 'printOf', { what: t.maybe(`paper.${paper.kind}`), n: parcel.parcel })} onClick={() => (paper.document ? setAgain(paper.kind) : print.mutate({ kinds: [paper.kind] }))}>
                  {t('print')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      <ProblemAlert error={print.error} what={print.error ? t('papersFailed') : undefined} />
      {again && <Reprint what={t.maybe(`paper.${again}`)} onClose={() => setAgain(null)} onPrint={async (reason) => void (await print.mutateAsync({ kinds: [again], reason }))} />}
    </li>
  );
}
