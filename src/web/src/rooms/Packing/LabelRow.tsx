import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { Money } from '@house/parts/Money.tsx';
import { Status } from '@house/parts/Status.tsx';
import css from './Packing.module.css';
import { refusalOf } from './refusals.ts';
import { Reprint } from './Reprint.tsx';
import { labelOf, labelsOptions, type Label, type Sealed } from './table.ts';
import en from './texts.en.ts';

interface Props {
  parcel: Sealed;
  isFresh: boolean;
  mayWork: boolean;
  station: string | null;
}

/** The carrier's label of a parcel: booked and printed by itself, taken back and booked again from here; why it failed stands beside the way on. */
export function LabelRow({ parcel, isFresh, mayWork, station }: Props) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const options = labelsOptions(parcel.package);
  const { data } = useQuery({ ...options, refetchInterval: (q) => (['wanted', 'voiding'].includes(labelOf(q.state.data?.data)?.state ?? '') ? 3_000 : false) });
  const label = labelOf(data?.data);
  const [isAgain, setAgain] = useState(false);
  const [printed, setPrinted] = useState<string | null>(null);
  const here = parcel.state === 'labelled';
  const refresh = () => queries.invalidateQueries({ queryKey: ['packing'] });

  const print = useMutation({
    mutationFn: ({ of, reason }: { of: Label; reason?: string }) => ask(api.POST('/api/v1/labels/{id}/print', { params: { path: { id: of.id } }, body: { station, reason: reason ?? null } })),
    onSuccess: (_, { of }) => setPrinted(of.id),
  });
  const book = useMutation({ mutationFn: () => ask(api.POST('/api/v1/packages/{id}/label', { params: { path: { id: parcel.package } }, body: {} })), onSettled: refresh });
  const takeBack = useMutation({ mutationFn: (of: Label) => ask(api.POST('/api/v1/labels/{id}/void', { params: { path: { id: of.id } } })), onSettled: refresh });
  const retry = useMutation({ mutationFn: (of: Label) => ask(api.POST('/api/v1/labels/{id}/retry', { params: { path: { id: of.id } } })), onSettled: refresh });

  // A parcel that was sealed just now is labelled without being asked, and its label printed as soon as it is there.
  const wanted = useRef(false);
  const printOf = useRef<string | null>(null);
  const [bookNow, printNow] = [book.mutate, print.mutate];
  useEffect(() => {
    if (!isFresh || !mayWork || wanted.current || !data || label) return;
    wanted.current = true;
    bookNow();
  }, [isFresh, mayWork, data, label, bookNow]);
  useEffect(() => {
    if (!isFresh || !mayWork || !station || label?.state !== 'booked' || printOf.current === label.id) return;
    printOf.current = label.id;
    printNow({ of: label });
  }, [isFresh, mayWork, station, label, printNow]);

  const fault = print.error ?? takeBack.error ?? retry.error ?? book.error;
  const busy = book.isPending || takeBack.isPending || retry.isPending;
  return (
    <li className={css.paper}>
      <span>{t('label')}</span>
      <span className={css.paperWords} role="status">
        {label?.state === 'booked' || label?.state === 'manifested' ? (
          <>
            <span className="sy-row sy-row-wrap">
              <Status tone="good" isPlain>{t(label.state === 'manifested' ? 'label.manifested' : 'label.booked')}</Status>
              <span>{[parcel.carrier ?? label.account, label.service].filter(Boolean).join(' · ')}</span>
              {label.tracking && <Code>{label.tracking}</Code>}
              {label.costMinor !== null && label.costMinor !== undefined && label.currency && <Money minor={label.costMinor} currency={label.currency} isMuted />}
            </span>
            {printed === label.id && <span className="sy-muted">{t('paperSent')}</span>}
          </>
        ) : label?.state === 'failed' ? (
          <Status tone="bad" isPlain>{t('label.failed', { why: label.fault ?? '' })}</Status>
        ) : label?.state === 'wanted' || book.isPending ? (
          <Status tone="progress" isPlain>{label?.fault ? t('label.waits', { why: label.fault }) : t('label.wanted')}</Status>
        ) : label?.state === 'voiding' ? (
          <Status tone="progress" isPlain>{t('label.voiding')}</Status>
        ) : (
          <span className="sy-muted">{t('label.none')}</span>
        )}
        {fault && <Status tone="bad" isPlain>{refusalOf(t, fault)}</Status>}
      </span>
      {mayWork && here && (
        <span className={css.acts}>
          {!label && (
            <Button size="compact-sm" variant="default" loading={busy} onClick={() => book.mutate()} aria-label={t('bookOf', { n: parcel.parcel })}>
              {t('book')}
            </Button>
          )}
          {label?.state === 'failed' && (
            <Button size="compact-sm" variant="default" loading={busy} onClick={() => retry.mutate(label)} aria-label={t('retryOf', { n: parcel.parcel })}>
              {t('again')}
            </Button>
          )}
          {(label?.state === 'booked' || label?.state === 'manifested') && (
            <>
              {label.file && (
                <Button size="compact-sm" variant="subtle" component="a" href={label.file} target="_blank" rel="noreferrer" aria-label={t('openOf', { what: t('label'), n: parcel.parcel })}>
                  {t('openPaper')}
                </Button>
              )}
              {station && (
                <Button size="compact-sm" variant="default" loading={print.isPending} onClick={() => (printed === label.id || !isFresh ? setAgain(true) : print.mutate({ of: label }))} aria-label={t('printOf', { what: t('label'), n: parcel.parcel })}>
                  {t('print')}
                </Button>
              )}
            </>
          )}
          {(label?.state === 'booked' || label?.state === 'failed') && (
            <Button size="compact-sm" variant="subtle" loading={takeBack.isPending} onClick={() => takeBack.mutate(label)} aria-label={t('voidOf', { n: parcel.parcel })}>
              {t('void')}
            </Button>
          )}
        </span>
      )}
      {isAgain && label && <Reprint what={t('label')} onClose={() => setAgain(false)} onPrint={async (reason) => void (await print.mutateAsync({ of: label, reason }))} />}
    </li>
  );
}
