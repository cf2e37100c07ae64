import { Button, Checkbox, Modal, NumberInput, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, ifMatch, type Schema } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { IconPlus } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useMethodName } from '@house/words/useMethodName.ts';
import { Frame } from './Frame.tsx';
import en from './texts.en.ts';
import css from './Warehouse.module.css';
import { methods, pictureOptions } from './waves.ts';

type Rule = Schema['WaveRulesItem'];
type Rules = Schema['WaveRulesResponse'];

const optionsOf = (node: string) => ({
  queryKey: ['warehouse', 'rules', node] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) => ask(api.GET('/api/v1/nodes/{code}/wave-rules', { params: { path: { code: node } }, signal })),
});

const fresh: Rule = {
  code: '', name: '', times: [], minutesBeforeCutOff: 60, onlyToday: true, priorityAtLeast: null, zone: null, singleLine: false, singleItem: false, deliveryMethod: null,
  method: 'cluster', totes: 12, tours: null, least: 1, most: null, skill: null, releases: true, isActive: true,
};

/** Waves that make themselves: when, what goes into them, and what became of the last. */
export default function RulesPage() {
  const t = useTexts(en);
  return <Frame section="rules">{(node) => <div className={css.page}><p className={css.about}>{t('rules.about')}</p><List key={node} node={node} /></div>}</Frame>;
}

function List({ node }: { node: string }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const [edited, setEdited] = useState<Rule | null>(null);
  const { data, error, refetch } = useQuery({ ...optionsOf(node), refetchInterval: 30_000 });
  const save = useMutation({
    mutationFn: ({ rules, version }: { rules: Rule[]; version: number; done: string }) => ask(api.PUT('/api/v1/nodes/{code}/wave-rules', { params: { path: { code: node } }, body: { rules }, headers: ifMatch(version) })),
    onSuccess: (answer, { done }) => {
      queries.setQueryData<Rules>(optionsOf(node).queryKey, answer);
      notify(done);
      setEdited(null);
    },
    onError: () => void refetch(),
  });
  const all = data?.rules.map((r) => r.rule) ?? [];
  const write = (rules: Rule[], done: string) => save.mutate({ rules, version: data?.version ?? 0, done });
  const add = may('fulfilment:manage') && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => (save.reset(), setEdited(fresh))}>
      {t('rule.new')}
    </Button>
  );
  return (
    <>
      <ProblemAlert error={error} again={() => void refetch()} />
      {!edited && <ProblemAlert error={save.error} />}
      {data?.rules.length === 0 && <EmptyState kind="first" title={t('rules.empty')} text={t('rules.emptyText')} action={add} />}
      {data && data.rules.length > 0 && (
        <>
          <ul className={css.list} aria-label={t('rules')}>
            {data.rules.map(({ rule, next, last }) => (
              <li key={rule.code}>
                <div className={css.main}>
                  <span className="sy-strong"><bdi>{rule.name}</bdi></span>
                  <span className="sy-muted"><RuleWords rule={rule} /></span>
                  <span className="sy-muted">
                    {next ? t.node('rule.next', { at: <When at={next} as="dateTime" /> }) : t('rule.noNext')}
                    {' · '}
                    {last ? (
                      <>
                        {t.node('rule.last', { at: <When at={last.dueAt} as="dateTime" /> })}{' '}
                        {last.wave ? <Link to={`/warehouse/waves/${last.wave}`}>{t('rule.made', { n: last.count })}</Link> : t(last.outcome === 'few' ? 'rule.few' : 'rule.nothing')}
                      </>
                    ) : (
                      t('rule.never')
                    )}
                  </span>
                </div>
                <Status tone={rule.isActive ? 'good' : 'neutral'} isPlain>{t(rule.isActive ? 'rule.on' : 'rule.off')}</Status>
                {may('fulfilment:manage') && (
                  <span className={css.acts}>
                    <Button size="compact-sm" variant="default" onClick={() => write(all.map((r) => (r.code === rule.code ? { ...r, isActive: !r.isActive } : r)), t(rule.isActive ? 'rule.turnedOff' : 'rule.turnedOn', { name: rule.name ?? '' }))}>
                      {t(rule.isActive ? 'rule.turnOff' : 'rule.turnOn')}
                    </Button>
                    <Button size="compact-sm" variant="default" onClick={() => (save.reset(), setEdited(rule))} aria-label={t('rule.editOf', { name: rule.name ?? '' })}>{t('edit')}</Button>
                    <Button size="compact-sm" variant="subtle" color="danger" onClick={() => write(all.filter((r) => r.code !== rule.code), t('rule.removed', { name: rule.name ?? '' }))} aria-label={t('rule.removeOf', { name: rule.name ?? '' })}>{t('remove')}</Button>
                  </span>
                )}
              </li>
            ))}
          </ul>
          <div>{add}</div>
        </>
      )}
      {edited && (
        <RuleDialog
          node={node}
          rule={edited}
          at={edited.code === '' ? all.length : all.findIndex((r) => r.code === edited.code)}
          error={save.error}
          isPending={save.isPending}
          onClose={() => setEdited(null)}
          onSave={(rule) => write(edited.code === '' ? [...all, { ...rule, code: codeOf(rule.name ?? '', all) }] : all.map((r) => (r.code === edited.code ? rule : r)), t('rule.saved', { name: rule.name ?? '' }))}
        />
      )}
    </>
  );
}

/** "An hour before" → "an-hour-before"; a second one of that name has a number. */
function codeOf(name: string, all: readonly Rule[]): string {
  const base = name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 48) || 'rule';
  for (let n = 1; ; n++) {
    const code = n === 1 ? base : `${base}-${n}`;
    if (!all.some((r) => r.code === code)) return code;
  }
}

function RuleWords({ rule }: { rule: Rule }) {
  const t = useTexts(en);
  const { list } = useFormat();
  const nameOf = useMethodName();
  const times = (rule.times ?? []).filter((x): x is string => x !== null);
  return (
    <>
      {[
        times.length > 0 && t('rule.at', { times: list(times) }),
        typeof rule.minutesBeforeCutOff === 'number' && t('rule.before', { n: rule.minutesBeforeCutOff }),
        t.maybe(`method.${rule.method ?? 'single'}`),
        rule.onlyToday && t('rule.today'),
        (rule.priorityAtLeast ?? 0) > 0 && t('wave.onlyUrgent'),
        rule.zone,
        rule.deliveryMethod && nameOf(rule.deliveryMethod),
        rule.singleItem ? t('wave.oneItem') : rule.singleLine ? t('wave.oneLine') : null,
        t(rule.releases ? 'rule.releases' : 'rule.plans'),
      ]
        .filter(Boolean)
        .join(' · ')}
    </>
  );
}

interface DialogProps {
  node: string;
  rule: Rule;
  at: number;
  error: unknown;
  isPending: boolean;
  onClose: () => void;
  onSave: (rule: Rule) => void;
}

function RuleDialog({ node, rule: first, at, error, isPending, onClose, onSave }: DialogProps) {
  const t = useTexts(en);
  const may = useMay();
  const nameOf = useMethodName();
  const [rule, setRule] = useState(first);
  const set = (change: Partial<Rule>) => setRule({ ...rule, ...change });
  const picture = useQuery({ ...pictureOptions(node), enabled: may('inventory:read') });
  const faults = byField(error);
  const fault = (name: string) => faults[`rules.${at}.${name}`];
  const whole = (v: string | number) => (v === '' ? null : Number(v));
  return (
    <Modal opened onClose={onClose} title={first.code === '' ? t('rule.new') : t('rule.edit')} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          onSave(rule);
        }}
      >
        <TextInput label={t('people.name')} required value={rule.name ?? ''} onChange={(e) => set({ name: e.currentTarget.value })} maxLength={100} error={fault('name')} data-autofocus />
        <div className={css.fields}>
          <NumberInput label={t('rule.minutes')} description={t('rule.minutesHint')} value={rule.minutesBeforeCutOff ?? ''} onChange={(v) => set({ minutesBeforeCutOff: whole(v) })} min={0} max={720} allowDecimal={false} allowNegative={false} error={fault('minutesBeforeCutOff')} />
          <TagsInput label={t('rule.times')} description={t('rule.timesHint')} placeholder="14:00" value={[...(rule.times ?? [])].filter((x): x is string => x !== null)} onChange={(times) => set({ times })} error={fault('times') ?? fault('times.0') ?? fault('times.1')} />
        </div>
        <Checkbox label={t('rule.onlyToday')} checked={rule.onlyToday ?? false} onChange={(e) => set({ onlyToday: e.currentTarget.checked })} />
        <Checkbox label={t('wave.onlyUrgent')} checked={(rule.priorityAtLeast ?? 0) > 0} onChange={(e) => set({ priorityAtLeast: e.currentTarget.checked ? 1 : null })} />
        <div className={css.fields}>
          <Select label={t('method')} value={rule.method ?? 'single'} onChange={(v) => set({ method: v })} allowDeselect={false} data={methods.map((value) => ({ value, label: t(`method.${value}`) }))} />
          <NumberInput label={t('wave.totes')} value={rule.totes ?? ''} onChange={(v) => set({ totes: whole(v) })} min={1} max={100} allowDecimal={false} allowNegative={false} disabled={rule.method === 'single'} error={fault('totes')} />
          <NumberInput label={t('wave.hands')} value={rule.tours ?? ''} onChange={(v) => set({ tours: whole(v) })} min={1} max={100} allowDecimal={false} allowNegative={false} error={fault('tours')} />
        </div>
        <div className={css.fields}>
          <Select label={t('zone')} value={rule.zone ?? ''} onChange={(v) => set({ zone: v || null })} allowDeselect={false} data={[{ value: '', label: t('wave.anyZone') }, ...[...new Set([...(picture.data?.zones ?? []), ...(rule.zone ? [rule.zone] : [])])].map((z) => ({ value: z, label: z }))]} />
          <Select
            label={t('queue.by.method')}
            value={rule.deliveryMethod ?? ''}
            onChange={(v) => set({ deliveryMethod: v || null })}
            allowDeselect={false}
            data={[{ value: '', label: t('wave.anyWay') }, ...[...new Set(['standard', 'express', 'next-day', 'pickup', ...(rule.deliveryMethod ? [rule.deliveryMethod] : [])])].map((m) => ({ value: m, label: nameOf(m) }))]}
          />
          <Select
            label={t('wave.size')}
            value={rule.singleItem ? 'item' : rule.singleLine ? 'line' : ''}
            onChange={(v) => set({ singleItem: v === 'item', singleLine: v === 'line' })}
            allowDeselect={false}
            data={[{ value: '', label: t('wave.anySize') }, { value: 'line', label: t('wave.oneLine') }, { value: 'item', label: t('wave.oneItem') }]}
          />
          <TextInput label={t('wave.skill')} value={rule.skill ?? ''} onChange={(e) => set({ skill: e.currentTarget.value || null })} maxLength={64} />
          <NumberInput label={t('rule.least')} value={rule.least ?? ''} onChange={(v) => set({ least: whole(v) })} min={1} max={500} allowDecimal={false} allowNegative={false} error={fault('least')} />
          <NumberInput label={t('wave.most')} placeholder={t('wave.noMost')} value={rule.most ?? ''} onChange={(v) => set({ most: whole(v) })} min={1} max={500} allowDecimal={false} allowNegative={false} error={fault('most')} />
        </div>
        <Switch label={t('rule.releasesAtOnce')} checked={rule.releases ?? false} onChange={(e) => set({ releases: e.currentTarget.checked })} />
        <ProblemAlert error={error} />
        <div className={css.buttons}>
          <Button type="submit" loading={isPending}>{t('save')}</Button>
          <Button variant="default" onClick={onClose}>{t('close')}</Button>
        </div>
      </form>
    </Modal>
  );
}
