import { Button, MultiSelect, NumberInput, Switch, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch, type Schema } from '@house/api/client.ts';
import { ApiError, byField } from '@house/api/problem.ts';
import { IconChevronDown, IconChevronUp, IconPlus } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import { FormDialog } from '@rooms/Settings/FormDialog.tsx';
import { Frame } from './Frame.tsx';
import en from './texts.en.ts';
import css from './Warehouse.module.css';
import { pictureOptions } from './waves.ts';

type Rule = Schema['PutawayRule'];
const kinds = ['pick', 'bulk', 'reserve', 'quarantine'] as const;
const fresh: Rule = { name: '', skuBegins: null, flag: null, attribute: null, value: null, zones: [], kinds: [], storageClass: null, isAlone: false };

const optionsOf = (node: string) => ({
  queryKey: ['warehouse', 'putaway-rules', node] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) => ask(api.GET('/api/v1/nodes/{code}/putaway-rules', { params: { path: { code: node } }, signal })),
});

/** Where goods are to be put: rules in the order in which they are asked, the first that fits counts; and a SKU to try them with. */
export default function PutawayRulesPage() {
  return <Frame section="putawayRules">{(node) => <Rules key={node} node={node} />}</Frame>;
}

function Rules({ node }: { node: string }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(optionsOf(node));
  // What is changed here and not written yet, with the version it began from: another's change is never written over unseen.
  const [draft, setDraft] = useState<{ rules: Rule[]; version: number } | null>(null);
  const [edited, setEdited] = useState<number | null>(null);
  const mayWrite = may('inventory:write');
  const rules = draft?.rules ?? data?.rules ?? [];
  const change = (next: Rule[]) => data && setDraft({ rules: next, version: draft?.version ?? data.version });
  const save = useMutation({
    mutationFn: (version: number) => ask(api.PUT('/api/v1/nodes/{code}/putaway-rules', { params: { path: { code: node } }, body: { rules }, headers: ifMatch(version) })),
    onSuccess: (answer) => {
      queries.setQueryData(optionsOf(node).queryKey, answer);
      void queries.invalidateQueries({ queryKey: ['warehouse', 'putaway'] });
      notify(t('putawayRules.saved', { n: answer.rules.length }));
      setDraft(null);
    },
    onError: () => void refetch(),
  });
  const isClash = save.error instanceof ApiError && save.error.status === 412;
  const move = (from: number, to: number) => change(rules.toSpliced(from, 1).toSpliced(to, 0, rules[from]!));
  const add = mayWrite && <Button variant={draft ? 'default' : 'filled'} leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited(rules.length)}>{t('putawayRules.new')}</Button>;
  return (
    <div className={css.page}>
      <p className={css.about}>{t('putawayRules.about')}</p>
      <ProblemAlert error={error} again={() => void refetch()} />
      {data && rules.length === 0 && <EmptyState kind="first" title={t('putawayRules.empty')} text={t('putawayRules.emptyText')} action={add} />}
      {rules.length > 0 && (
        <ol className={css.list} aria-label={t('putawayRules')}>
          {rules.map((rule, i) => (
            <li key={i}>
              <span className="sy-muted" aria-hidden>{i + 1}</span>
              <div className={css.main}>
                <span className="sy-strong"><bdi>{rule.name}</bdi></span>
                <span className="sy-muted"><Conditions rule={rule} /> → <Places rule={rule} /></span>
              </div>
              {mayWrite && (
                <span className={css.acts}>
                  <Button size="compact-sm" variant="default" disabled={i === 0} onClick={() => move(i, i - 1)} aria-label={t('putawayRules.up', { name: rule.name ?? '' })}><IconChevronUp size={16} aria-hidden /></Button>
                  <Button size="compact-sm" variant="default" disabled={i === rules.length - 1} onClick={() => move(i, i + 1)} aria-label={t('putawayRules.down', { name: rule.name ?? '' })}><IconChevronDown size={16} aria-hidden /></Button>
                  <Button size="compact-sm" variant="default" onClick={() => setEdited(i)} aria-label={t('rule.editOf', { name: rule.name ?? '' })}>{t('edit')}</Button>
                  <Button size="compact-sm" variant="subtle" color="danger" onClick={() => change(rules.toSpliced(i, 1))} aria-label={t('rule.removeOf', { name: rule.name ?? '' })}>{t('remove')}</Button>
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
      {isClash ? (
        <div className="sy-panel" role="alert">
          <p>{t('putawayRules.clash')}</p>
          <ul>{(data?.rules ?? []).map((r, i) => <li key={i}><bdi>{r.name}</bdi>: <Conditions rule={r} /> → <Places rule={r} /></li>)}</ul>
          <div className={css.buttons}>
            <Button loading={save.isPending} onClick={() => data && save.mutate(data.version)}>{t('putawayRules.mine')}</Button>
            <Button variant="default" onClick={() => (save.reset(), setDraft(null))}>{t('putawayRules.theirs')}</Button>
          </div>
        </div>
      ) : (
        <ProblemAlert error={save.error} what={t('putawayRules.notSaved')} />
      )}
      {mayWrite && rules.length > 0 && (
        <div className={css.buttons}>
          {draft && !isClash && <Button loading={save.isPending} onClick={() => save.mutate(draft.version)}>{t('save')}</Button>}
          {draft && !isClash && <Button variant="default" onClick={() => (save.reset(), setDraft(null))}>{t('discard')}</Button>}
          {add}
        </div>
      )}
      {mayWrite && rules.length === 0 && draft && <div className={css.buttons}><Button loading={save.isPending} onClick={() => save.mutate(draft.version)}>{t('save')}</Button></div>}
      {data && <Try node={node} rules={draft ? rules : null} />}
      {edited !== null && (
        <RuleDialog node={node} rule={rules[edited] ?? fresh} onClose={() => setEdited(null)} onSave={(rule) => (change(edited < rules.length ? rules.with(edited, rule) : [...rules, rule]), setEdited(null))} />
      )}
    </div>
  );
}

function Conditions({ rule: r }: { rule: Rule }) {
  const t = useTexts(en);
  const { list } = useFormat();
  const told = [
    r.skuBegins && t('putawayRules.skuIs', { text: r.skuBegins }),
    r.flag && t('putawayRules.flagIs', { flag: r.flag }),
    r.attribute && (r.value ? t('putawayRules.attributeIs', { attribute: r.attribute, value: r.value }) : t('putawayRules.attributeHas', { attribute: r.attribute })),
  ].filter((x): x is string => Boolean(x));
  return <>{told.length > 0 ? list(told) : t('putawayRules.everything')}</>;
}

function Places({ rule: r }: { rule: Rule }) {
  const t = useTexts(en);
  const { list } = useFormat();
  const told = [
    (r.zones?.length ?? 0) > 0 && t('putawayRules.zonesAre', { zones: list([...r.zones!]) }),
    (r.kinds?.length ?? 0) > 0 && list(r.kinds!.map((k) => t.maybe(`kind.${k}`))),
    r.storageClass && t('putawayRules.classIs', { name: r.storageClass }),
    r.isAlone && t('putawayRules.alone'),
  ].filter((x): x is string => Boolean(x));
  return <>{told.length > 0 ? told.join(', ') : t('putawayRules.anywhere')}</>;
}

function RuleDialog({ node, rule, onClose, onSave }: { node: string; rule: Rule; onClose: () => void; onSave: (rule: Rule) => void }) {
  const t = useTexts(en);
  const may = useMay();
  const [r, setRule] = useState(rule);
  const set = (change: Partial<Rule>) => setRule({ ...r, ...change });
  const picture = useQuery({ ...pictureOptions(node), enabled: may('inventory:read') });
  return (
    <FormDialog title={rule.name ? t('rule.editOf', { name: rule.name }) : t('putawayRules.new')} confirm={t('putawayRules.take')} onClose={onClose} onSubmit={() => onSave({ ...r, name: r.name?.trim() ?? '' })} isPending={false} error={null}>
      <TextInput label={t('putawayRules.name')} value={r.name ?? ''} onChange={(e) => set({ name: e.currentTarget.value })} maxLength={100} required data-autofocus />
      <fieldset className={css.group}>
        <legend>{t('putawayRules.which')}</legend>
        <div className={css.fields}>
          <TextInput label={t('putawayRules.skuBegins')} value={r.skuBegins ?? ''} onChange={(e) => set({ skuBegins: e.currentTarget.value || null })} maxLength={200} />
          <TextInput label={t('putawayRules.flag')} placeholder="fragile" value={r.flag ?? ''} onChange={(e) => set({ flag: e.currentTarget.value || null })} maxLength={64} />
          <TextInput label={t('putawayRules.attribute')} value={r.attribute ?? ''} onChange={(e) => set({ attribute: e.currentTarget.value || null, ...(e.currentTarget.value ? {} : { value: null }) })} maxLength={100} />
          <TextInput label={t('putawayRules.value')} value={r.value ?? ''} disabled={!r.attribute} onChange={(e) => set({ value: e.currentTarget.value || null })} maxLength={200} />
        </div>
      </fieldset>
      <fieldset className={css.group}>
        <legend>{t('putawayRules.where')}</legend>
        <TagsInput label={t('putawayRules.zones')} placeholder={(r.zones?.length ?? 0) === 0 ? t('wave.anyZone') : ''} value={[...(r.zones ?? [])]} onChange={(zones) => set({ zones })} data={[...(picture.data?.zones ?? [])]} />
        <MultiSelect label={t('putawayRules.kinds')} description={t('putawayRules.kindsHint')} value={[...(r.kinds ?? [])]} onChange={(v) => set({ kinds: v as Rule['kinds'] })} data={kinds.map((value) => ({ value, label: t.maybe(`kind.${value}`) }))} />
        <TextInput label={t('putawayRules.class')} value={r.storageClass ?? ''} onChange={(e) => set({ storageClass: e.currentTarget.value || null })} maxLength={64} />
        <Switch label={t('putawayRules.isAlone')} checked={r.isAlone ?? false} onChange={(e) => set({ isAlone: e.currentTarget.checked })} />
      </fieldset>
    </FormDialog>
  );
}

/** "24 of it would go to A-03-2 because of rule 2": by the rules as they stand here, also before they are saved. */
function Try({ node, rules }: { node: string; rules: Rule[] | null }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const [sku, setSku] = useState('');
  const [units, setUnits] = useState<number | null>(12);
  const look = useMutation({ mutationFn: () => ask(api.POST('/api/v1/nodes/{code}/putaway/try', { params: { path: { code: node } }, body: { sku: sku.trim(), quantity: units ?? 1, rules } })) });
  const faults = byField(look.error);
  const seen = look.data;
  return (
    <Section title={t('putawayRules.try')} beside={rules ? t('putawayRules.tryUnsaved') : undefined}>
      <form
        className={css.form}
        onSubmit={(e) => {
          e.preventDefault();
          if (sku.trim() !== '') look.mutate();
        }}
      >
        <div className={css.fields}>
          <TextInput label={t('faces.sku')} value={sku} onChange={(e) => setSku(e.currentTarget.value)} maxLength={200} error={faults['sku']} />
          <NumberInput label={t('units')} value={units ?? ''} onChange={(v) => setUnits(v === '' ? null : Number(v))} min={1} allowDecimal={false} allowNegative={false} error={faults['quantity']} />
        </div>
        <div><Button type="submit" variant="default" loading={look.isPending} disabled={sku.trim() === ''}>{t('putawayRules.tryIt')}</Button></div>
      </form>
      <ProblemAlert error={look.error} />
      {seen && !look.isPending && (
        <div role="status" className="sy-stack">
          <p><strong>{seen.sku}</strong> <bdi className="sy-muted">{seen.name}</bdi> · {seen.ruleNo ? t('putawayRules.because', { no: seen.ruleNo, name: seen.rule ?? '' }) : t('putawayRules.usual')}</p>
          {seen.places.length > 0 && (
            <ul className={css.list}>
              {seen.places.map((p) => <li key={p.bin}><span>{t('putaway.to', { n: number(p.quantity), bin: p.bin, why: t.maybe(`putaway.why.${p.why}`) })}</span>{p.zone && <span className="sy-muted"><bdi>{p.zone}</bdi></span>}</li>)}
            </ul>
          )}
          {seen.lacking > 0 && <p><Status tone="warn">{t('putaway.lacking', { n: seen.lacking })}</Status></p>}
        </div>
      )}
    </Section>
  );
}
