import { Button, Checkbox, Modal, Select, Textarea } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { FormDialog } from '@rooms/Settings/FormDialog.tsx';
import { Frame, Row, Rows } from '@rooms/Settings/Frame.tsx';
import { InterchangeDialog } from './InterchangeDialog.tsx';
import { PartnerDialog } from './PartnerDialog.tsx';
import css from './Edi.module.css';
import { messageTones, tones, type EdiPartner, type Interchange } from './edi.ts';
import en from './texts.en.ts';

/** Whom we exchange X12 with, how, and what came and went. */
export default function EdiPage() {
  const t = useTexts(en);
  const mayWrite = useMay()('edi:write');
  const [dialog, setDialog] = useState<{ kind: 'partner'; partner: EdiPartner | null } | { kind: 'take' } | null>(null);
  const partners = useQuery({ queryKey: ['edi', 'partners'], queryFn: ({ signal }) => ask(api.GET('/api/v1/edi/partners', { signal })) });
  const list = partners.data?.data;
  const make = mayWrite && <Button onClick={() => setDialog({ kind: 'partner', partner: null })}>{t('partners.new')}</Button>;
  return (
    <Frame
      section="edi"
      error={partners.error}
      actions={
        list &&
        list.length > 0 && (
          <>
            {mayWrite && (
              <Button variant="default" onClick={() => setDialog({ kind: 'take' })}>
                {t('take')}
              </Button>
            )}
            {make}
          </>
        )
      }
    >
      {list?.length === 0 && <EmptyState kind="first" title={t('partners.none')} text={t('partners.noneText')} action={make} />}
      {list && list.length > 0 && (
        <>
          <Section title={t('partners')}>
            <Rows label={t('partners')}>
              {list.map((p) => (
                <Partner key={p.code} partner={p} onChange={mayWrite ? () => setDialog({ kind: 'partner', partner: p }) : undefined} />
              ))}
            </Rows>
          </Section>
          <Interchanges partners={list} />
        </>
      )}
      {dialog?.kind === 'partner' && <PartnerDialog partner={dialog.partner} taken={(list ?? []).map((p) => p.code)} onClose={() => setDialog(null)} />}
      {dialog?.kind === 'take' && <TakeDialog onClose={() => setDialog(null)} />}
    </Frame>
  );
}

function Partner({ partner: p, onChange }: { partner: EdiPartner; onChange: (() => void) | undefined }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const stock = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/edi/partners/{code}/stock', { params: { path: { code: p.code } } })),
    onSuccess: async () => {
      notify(t('partners.stockAsked', { name: p.name }));
      await queries.invalidateQueries({ queryKey: ['edi', 'interchanges'] });
    },
  });
  const mayTell = onChange && p.isActive && p.channel !== null && p.sends.includes('846');
  return (
    <Row
      name={p.name}
      beside={
        <>
          <bdi className="sy-code sy-muted">{p.code}</bdi> {p.usage === 'T' && <Status tone="warn">{t('usage.T')}</Status>} {!p.isActive && <Status tone="neutral">{t('partners.paused')}</Status>}
        </>
      }
      end={
        onChange && (
          <>
            {mayTell && (
              <Button size="compact-sm" variant="default" loading={stock.isPending} onClick={() => stock.mutate()}>
                {t('partners.tellStock')}
              </Button>
            )}
            <Button size="compact-sm" variant="default" aria-label={t('partners.changeOf', { name: p.name })} onClick={onChange}>
              {t('change')}
            </Button>
          </>
        )
      }
    >
      {[`${p.theirQualifier} ${p.theirId}`, p.takes.length > 0 && t('partners.takes', { sets: p.takes.join(', ') }), p.sends.length > 0 && t('partners.sends', { sets: p.sends.join(', ') })].filter(Boolean).join(' · ')}
      <ProblemAlert error={stock.error} />
    </Row>
  );
}

function Interchanges({ partners }: { partners: readonly EdiPartner[] }) {
  const t = useTexts(en);
  const [partner, setPartner] = useState<string | null>(null);
  const [trouble, setTrouble] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  const list = useInfiniteQuery({
    queryKey: ['edi', 'interchanges', partner, trouble],
    queryFn: ({ pageParam, signal }) =>
      ask(api.GET('/api/v1/edi/interchanges', { params: { query: { limit: 50, ...(partner ? { partner } : {}), ...(trouble ? { trouble } : {}), ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 15_000,
  });
  const rows = list.data?.pages.flatMap((p) => p.data);
  return (
    <Section title={t('interchanges')}>
      <div className={css.filters}>
        <Select label={t('partner')} placeholder={t('everyPartner')} clearable clearButtonProps={{ 'aria-label': t('clear') }} value={partner} onChange={setPartner} data={partners.map((p) => ({ value: p.code, label: p.name }))} maw={280} />
        <Checkbox label={t('onlyTrouble')} checked={trouble} onChange={(e) => setTrouble(e.currentTarget.checked)} />
      </div>
      <ProblemAlert error={list.error} again={() => void list.refetch()} />
      {rows?.length === 0 && <p className="sy-muted">{t(trouble ? 'interchanges.noTrouble' : 'interchanges.none')}</p>}
      {rows && rows.length > 0 && (
        <Rows label={t('interchanges')}>
          {rows.map((i) => (
            <InterchangeRow key={i.id as string} of={i} onOpen={() => setOpen(i.id as string)} />
          ))}
        </Rows>
      )}
      {list.hasNextPage && (
        <Button variant="default" mt="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {open && <InterchangeDialog id={open} onClose={() => setOpen(null)} />}
    </Section>
  );
}

function InterchangeRow({ of: i, onOpen }: { of: Interchange; onOpen: () => void }) {
  const t = useTexts(en);
  const name = i.partnerName ?? i.sender;
  const wrong = i.messages.filter((m) => messageTones[m.state] === 'bad').length;
  return (
    <Row
      name={t(i.direction === 'in' ? 'from' : 'to', { name })}
      beside={
        <>
          <Status tone={wrong > 0 && tones[i.state] === 'good' ? 'warn' : tones[i.state]}>{wrong > 0 && i.state === 'taken' ? t('wrong', { n: wrong }) : t(`state.${i.state}`)}</Status> {i.isOverdue && <Status tone="warn">{t('overdue')}</Status>} <When at={i.at} />
        </>
      }
      end={
        <Button size="compact-sm" variant="default" aria-label={t('showOf', { number: i.control })} onClick={onOpen}>
          {t('show')}
        </Button>
      }
    >
      <bdi className="sy-code">{i.control}</bdi>
      {i.sets && ` · ${i.sets}`}
      {i.messages.some((m) => m.reference) && ` · ${[...new Set(i.messages.map((m) => m.reference).filter(Boolean))].slice(0, 5).join(', ')}`}
      {i.note !== '000' && ` · ${t.maybe(`note.${i.note}`)}`}
    </Row>
  );
}

function TakeDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [content, setContent] = useState('');
  const [taken, setTaken] = useState<readonly Interchange[] | null>(null);
  const take = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/edi/interchanges', { body: { content } })),
    onSuccess: async (answer) => {
      setTaken(answer.interchanges);
      await queries.invalidateQueries({ queryKey: ['edi'] });
      void queries.invalidateQueries({ queryKey: ['orders'] });
    },
  });
  const faults = byField(take.error);
  if (taken)
    return (
      <Modal opened onClose={onClose} title={t('taken')} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
        <Rows label={t('taken')}>
          {taken.map((i) => (
            <Row key={i.id as string} name={i.partnerName ?? i.sender} beside={<Status tone={tones[i.state]}>{t(`state.${i.state}`)}</Status>}>
              {i.note !== '000' ? t.maybe(`note.${i.note}`) : i.messages.map((m) => `${m.set} ${m.reference ?? ''}: ${t(`message.${m.state}`)}`).join(' · ')}
            </Row>
          ))}
        </Rows>
      </Modal>
    );
  return (
    <FormDialog title={t('take')} confirm={t('takeNow')} onClose={onClose} onSubmit={() => take.mutate()} isPending={take.isPending} error={take.error} shown={['content']}>
      <Textarea label={t('content')} description={t('contentText')} value={content} onChange={(e) => setContent(e.currentTarget.value)} error={faults['content']} autosize minRows={6} maxRows={16} spellCheck={false} className={css.code} data-autofocus required />
    </FormDialog>
  );
}
