import { Button, Checkbox, MultiSelect, NativeSelect, NumberInput, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { ApiError, byField } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { FieldRows } from '@house/parts/FieldRows.tsx';
import { notify } from '@house/parts/notices.ts';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useMay, useSession } from '@house/session.tsx';
import css from './Shares.module.css';
import { bodyOf, draftOf, freshPart, freshShare, restPercent, sharePage, type Figures, type Share, type ShareDraft } from './shares.ts';
import en from './texts.en.ts';

/** A rule by which stock is divided: read, written, and tried before it counts. */
export default function SharePage() {
  const t = useTexts(en);
  const { code } = useParams({ strict: false });
  const { data, error } = useQuery({
    queryKey: ['shares', code],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/inventory/shares/{code}', { params: { path: { code: code! } }, signal })),
    enabled: code !== undefined,
    retry: (n, e) => !(e instanceof ApiError && e.status === 404) && n < 2,
  });
  if (error instanceof ApiError && error.status === 404)
    return <EmptyState kind="nothing" isPage title={t('shares.notFound')} action={<Link to={'/shares' as string}>{t('shares.all')}</Link>} />;
  if (code === undefined) return <Form share={null} />;
  if (!data) return <ProblemAlert error={error} />;
  return <Form key={data.version} share={data} />;
}

function Form({ share }: { share: Share | null }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { session } = useSession();
  const channels = useQuery({
    queryKey: ['channels', 'names', session.merchant],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/channel-names', { params: { query: { limit: 250 } }, signal })),
    enabled: may('orders:read'),
    staleTime: 5 * 60_000,
  }).data?.data;
  const [draft, setDraft] = useState<ShareDraft>(share ? draftOf(share) : freshShare);
  const set = (change: Partial<ShareDraft>) => setDraft((now) => ({ ...now, ...change }));
  const isDisabled = !may('settings:write');
  const save = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/inventory/shares/{code}', { params: { path: { code: draft.code.trim() } }, body: bodyOf(draft), headers: ifMatch(share?.version ?? 0) })),
    onSuccess: async (saved) => {
      notify(t('shares.saved', { name: saved.name }));
      await queries.invalidateQueries({ queryKey: ['shares'] });
      void navigate({ to: sharePage(saved.code) });
    },
  });
  const faults = byField(save.error);
  const names = [...(channels ?? []).map((c) => ({ value: c.code, label: c.name })), ...draft.parts.flatMap((p) => p.channels).filter((c) => !channels?.some((n) => n.code === c)).map((c) => ({ value: c, label: c }))];
  const offered = names.filter((n, i) => names.findIndex((o) => o.value === n.value) === i);
  const rest = restPercent(draft.parts);
  return (
    <>
      <PageHead title={share?.name ?? t('shares.new')} beside={share && <bdi className="sy-code">{share.code}</bdi>} />
      <div className={css.page}>
        <div className={css.columns}>
          <form
            className={css.form}
            noValidate
            onSubmit={(e) => {
              e.preventDefault();
              save.mutate();
            }}
          >
            <Section title={t('shares.what')}>
              <div className={css.fields}>
                {!share && <TextInput label={t('shares.code')} description={t('shares.codeText')} required value={draft.code} maxLength={64} onChange={(e) => set({ code: e.currentTarget.value })} error={faults['code']} data-autofocus />}
                <TextInput label={t('shares.name')} required value={draft.name} maxLength={200} disabled={isDisabled} onChange={(e) => set({ name: e.currentTarget.value })} error={faults['name']} />
                <NumberInput label={t('shares.priority')} description={t('shares.priorityText')} value={draft.priority} min={0} max={1000} allowDecimal={false} disabled={isDisabled} onChange={(v) => set({ priority: v === '' ? '' : Number(v) })} error={faults['priority']} />
              </div>
              <p className="sy-muted">{t('shares.scope')}</p>
              <div className={css.fields}>
                <TagsInput label={t('shares.skus')} value={draft.skus} disabled={isDisabled} onChange={(skus) => set({ skus })} error={faultIn(faults, 'skus')} />
                <TagsInput label={t('shares.tags')} value={draft.tags} disabled={isDisabled} onChange={(tags) => set({ tags })} error={faultIn(faults, 'tags')} />
                <TagsInput label={t('shares.groups')} value={draft.groups} disabled={isDisabled} onChange={(groups) => set({ groups })} error={faultIn(faults, 'groups')} />
              </div>
            </Section>
            <Section title={t('shares.parts')} beside={t('shares.rest', { n: rest })}>
              <p className="sy-muted">{t('shares.partsText')}</p>
              <FieldRows label={t('shares.parts')} rows={draft.parts} onRows={(parts) => set({ parts })} fresh={freshPart} add={t('shares.addPart')} remove={(p) => t('shares.removePart', { name: p.name })}>
                {(p, change, i) => (
                  <div className={css.part}>
                    <TextInput className={css.wide!} label={t('shares.part')} value={p.name} maxLength={100} disabled={isDisabled} onChange={(e) => change({ name: e.currentTarget.value })} error={faults[`parts.${i}.name`]} />
                    <NumberInput label={t('shares.amount')} value={p.amount} min={0} max={p.unit === 'percent' ? 100 : 1_000_000_000} decimalScale={p.unit === 'percent' ? 2 : 0} disabled={isDisabled} onChange={(v) => change({ amount: v === '' ? '' : Number(v) })} error={faults[`parts.${i}.percent`] ?? faults[`parts.${i}.units`] ?? faults[`parts.${i}`]} />
                    <NativeSelect label={t('shares.unit')} value={p.unit} disabled={isDisabled} onChange={(e) => change({ unit: e.currentTarget.value as 'percent' | 'units' })} data={[{ value: 'percent', label: t('shares.percent') }, { value: 'units', label: t('shares.units') }]} />
                    <MultiSelect className={css.wide!} label={t('shares.channels')} value={p.channels} data={offered} searchable hidePickedOptions disabled={isDisabled} onChange={(c) => change({ channels: c })} error={faultIn(faults, `parts.${i}.channels`)} />
                    <TagsInput className={css.wide!} label={t('shares.customerTags')} value={p.customerTags} disabled={isDisabled} onChange={(c) => change({ customerTags: c })} error={faultIn(faults, `parts.${i}.customerTags`)} />
                  </div>
                )}
              </FieldRows>
              <div className={css.fields}>
                <Select label={t('shares.overflow')} description={t(`shares.overflow.${draft.overflow}.text`)} value={draft.overflow} allowDeselect={false} disabled={isDisabled} data={(['strict', 'shared'] as const).map((o) => ({ value: o, label: t(`shares.overflow.${o}`) }))} onChange={(v) => v && set({ overflow: v as 'strict' | 'shared' })} />
              </div>
              <Switch label={t('shares.isActive')} checked={draft.isActive} disabled={isDisabled} onChange={(e) => set({ isActive: e.currentTarget.checked })} />
              {share && !isDisabled && <Checkbox label={t('shares.restart')} checked={draft.restart} onChange={(e) => set({ restart: e.currentTarget.checked })} />}
            </Section>
            <ProblemAlert error={save.error} shown={Object.keys(faults).map((f) => `/${f.replaceAll('.', '/')}`)} />
            {!isDisabled && (
              <div className={css.foot}>
                <Button component={Link} variant="default" {...({ to: '/shares' } as object)}>{t('back')}</Button>
                <Button type="submit" loading={save.isPending}>{t(share ? 'shares.save' : 'shares.make')}</Button>
              </div>
            )}
          </form>
          <aside className={css.side} aria-label={t('shares.preview')}>
            <Preview draft={draft} />
          </aside>
        </div>
      </div>
    </>
  );
}

const faultIn = (faults: Record<string, string>, field: string) => faults[field] ?? Object.entries(faults).find(([f]) => f.startsWith(`${field}.`))?.[1];

/** What each part and each channel could sell if the rule began now. */
function Preview({ draft }: { draft: ShareDraft }) {
  const t = useTexts(en);
  const [skus, setSkus] = useState<string[]>(draft.skus.slice(0, 5));
  const count = useMutation({ mutationFn: () => ask(api.POST('/api/v1/inventory/shares/preview', { body: { rule: bodyOf({ ...draft, restart: false }), skus } })) });
  return (
    <Section title={t('shares.preview')} isSide>
      <p className="sy-muted">{t('shares.previewText')}</p>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          if (skus.length > 0) count.mutate();
        }}
      >
        <TagsInput label={t('shares.skus')} value={skus} maxTags={20} onChange={setSkus} acceptValueOnBlur />
        <Button type="submit" variant="default" disabled={skus.length === 0} loading={count.isPending}>{t('shares.count')}</Button>
      </form>
      <ProblemAlert error={count.error} />
      {count.data?.skus.map((f) => <SkuFigures key={f.sku} figures={f} />)}
    </Section>
  );
}

function SkuFigures({ figures: f }: { figures: Figures }) {
  const t = useTexts(en);
  const { number } = useFormat();
  return (
    <div>
      <h3 className={css.sku}><bdi>{f.sku}</bdi></h3>
      {f.parts.length === 0 && <p className="sy-muted">{t('shares.notDivided')}</p>}
      {f.parts.length > 0 && (
        <table className={css.figures}>
          <thead>
            <tr>
              <th scope="col">{t('shares.part')}</th>
              <th scope="col" className={css.end}>{t('shares.cap')}</th>
              <th scope="col" className={css.end}>{t('shares.used')}</th>
              <th scope="col" className={css.end}>{t('shares.left')}</th>
            </tr>
          </thead>
          <tbody>
            {f.parts.map((p, i) => (
              <tr key={i}>
                <th scope="row">{p.name ?? t('shares.theRest')}</th>
                <td className={css.end}>{number(p.cap)}</td>
                <td className={css.end}>{number(p.used)}</td>
                <td className={css.end}>{number(p.left)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <table className={css.figures}>
        <thead>
          <tr>
            <th scope="col">{t('shares.channel')}</th>
            <th scope="col" className={css.end}>{t('shares.sellable')}</th>
          </tr>
        </thead>
        <tbody>
          {f.channels.map((c) => (
            <tr key={c.channel}>
              <th scope="row"><bdi>{c.channel}</bdi></th>
              <td className={css.end}>{number(c.sellable)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
