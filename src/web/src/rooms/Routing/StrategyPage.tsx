import { Button, Drawer, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { IconPlay, IconPlus } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { DraftForm } from '@house/parts/DraftForm.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useMay } from '@house/session.tsx';
import { useDraftForm } from '@house/useDraftForm.ts';
import { MoveVersion, type Move } from './MoveVersion.tsx';
import { useSample, useTrial } from './sample.ts';
import { ScenarioCard } from './ScenarioCard.tsx';
import { StrategyStates } from './StrategiesPage.tsx';
import css from './Strategy.module.css';
import { changesOf, draftOf, findingsBy, freshScenario, moved, placeOf, rulesOf, strategyOptions, versionOptions, type Finding, type ScenarioDraft, type Strategy, type StrategyDraft } from './strategy.ts';
import en from './texts.en.ts';
import { useFindingWords } from './useFindingWords.ts';
import { TryPanel } from './TryPanel.tsx';
import { useOffers } from './useOffers.ts';
import { Versions } from './Versions.tsx';

const mostScenarios = 50;

/** A strategy: its scenarios in their order, what the check says of them, what they would do with an order, and its versions. */
export default function StrategyPage() {
  const t = useTexts(en);
  const { code = '' } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(strategyOptions(code));
  const newest = data?.versions[0]?.number ?? 0;
  const published = useQuery({ ...versionOptions(code, newest), enabled: data !== undefined && data.draft === null && newest > 0 });
  if (error instanceof ApiError && error.status === 404)
    return (
      <>
        <PageHead title={t('strategies')} />
        <EmptyState kind="nothing" title={t('notFound')} text={t('notFoundText')} action={<Link to={'/routing' as string}>{t('all')}</Link>} />
      </>
    );
  const failed = error ?? published.error;
  if (failed && !data) return <div className={css.problem}><ProblemAlert error={failed} again={() => void refetch()} /></div>;
  if (!data) return null;
  const scenarios = data.draft ? draftOf(data.draft) : published.data;
  return scenarios ? <Editor key={data.code} strategy={data} scenarios={scenarios} /> : null;
}

function Editor({ strategy, scenarios }: { strategy: Strategy; scenarios: ScenarioDraft[] }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const { code } = strategy;
  // Whoever sees no amounts would write strategies back without theirs.
  const canWrite = may('settings:write') && may('prices:read');
  const [sample, setSample] = useSample();
  const [open, setOpen] = useState<string | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [told, setTold] = useState('');
  const [move, setMove] = useState<Move | null>(null);
  const [isTrying, setTrying] = useState(false);
  const isWide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  const offers = useOffers();
  const read = async () => {
    const fresh = await queries.fetchQuery({ ...strategyOptions(code), staleTime: 0 });
    const last = fresh.versions[0]?.number;
    const rules = fresh.draft ?? (last ? (await queries.fetchQuery({ ...versionOptions(code, last) })).rules : null);
    return { draft: { name: fresh.name, scenarios: draftOf(rules) }, version: fresh.version };
  };
  const form = useDraftForm<StrategyDraft, Strategy>({
    name: `strategy/${code}`,
    stored: { draft: { name: strategy.name, scenarios }, version: strategy.version },
    faultsOf: (draft): Record<string, string> => (draft.name.trim() === '' ? { name: t('fault.name') } : {}),
    save: ({ draft, version }) =>
      ask(api.PUT('/api/v1/routing/strategies/{code}', { params: { path: { code } }, body: { name: draft.name.trim(), rules: rulesOf(draft.scenarios) }, headers: ifMatch(version!) })),
    onSaved: (saved, { draft }, begin) => {
      begin(draft, saved.version);
      queries.setQueryData(strategyOptions(code).queryKey, saved);
      void queries.invalidateQueries({ queryKey: ['routing', 'all'] });
      notify(t('saved'));
    },
    read,
  });
  const { draft, kept } = form;
  const list = draft.scenarios;
  const trial = useTrial(list, sample);
  const put = (next: ScenarioDraft[]) => form.change({ scenarios: next });
  const go = (from: number, to: number) => {
    if (to < 0 || to >= list.length || from === to) return;
    put(moved(list, from, to));
    setTold(t('movedTo', { name: list[from]!.name || t('unnamed', { n: from + 1 }), n: to + 1, count: list.length }));
  };
  const key = (): string => {
    const used = new Set(list.map((s) => s.key));
    let n = list.length;
    while (used.has(`n${n}`)) n++;
    return `n${n}`;
  };
  const add = (scenario: ScenarioDraft, at: number) => {
    put(list.toSpliced(at, 0, scenario));
    setOpen(scenario.key);
  };

  const fresh = async () => {
    const now = await read();
    kept.begin(now.draft, now.version, kept.isChanged ? kept.draft : now.draft);
    await queries.invalidateQueries({ queryKey: ['routing', 'all'] });
  };
  const check = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/routing/strategies/{code}/check', { params: { path: { code } } })),
    onSuccess: async (answer) => {
      if (answer.number === null) return;
      await fresh();
      notify(t('published', { n: answer.number }));
    },
  });

  const refused: Finding[] = [...(trial.error?.fields ?? []), ...(form.saving.error instanceof ApiError ? form.saving.error.fields : [])]
    .filter((f) => placeOf(f.pointer) !== null)
    .map((f) => ({ severity: 'error' as const, pointer: f.pointer, code: f.code, detail: f.detail, values: null }));
  const findings = refused.length > 0 ? refused : (trial.findings ?? check.data?.findings ?? []);
  const by = findingsBy(findings);
  const show = (finding: Finding) => {
    const at = Number(placeOf(finding.pointer)?.split('.')[0]);
    const scenario = list[at];
    if (!scenario) return;
    setOpen(scenario.key);
    requestAnimationFrame(() => document.querySelector(`[data-scenario="${at}"]`)?.scrollIntoView({ block: 'nearest' }));
  };
  const newest = strategy.versions[0];
  const changes = kept.isChanged ? changesOf(kept.start.scenarios, list).length : 0;
  const panel = <TryPanel sample={sample} onSample={setSample} trial={trial} offers={offers} />;
  const actions = (
    <>
      {!isWide && (
        <Button variant="default" leftSection={<IconPlay size={16} aria-hidden />} onClick={() => setTrying(true)}>
          {t('try')}
        </Button>
      )}
      {canWrite && strategy.draft && (
        <Button onClick={() => check.mutate()} loading={check.isPending} disabled={kept.isChanged} title={kept.isChanged ? t('saveFirst') : undefined} variant={kept.isChanged ? 'default' : 'filled'}>
          {t('check')}
        </Button>
      )}
      {canWrite && !strategy.draft && !kept.isChanged && newest && newest.state !== 'live' && <Button onClick={() => setMove({ to: 'promote', number: newest.number })}>{t('makeLive', { n: newest.number })}</Button>}
    </>
  );
  return (
    <div className={css.page}>
      <div className={css.main}>
        <DraftForm
          form={form}
          title={kept.start.name || code}
          beside={
            <>
              <Code>{code}</Code>
              <StrategyStates strategy={strategy} />
            </>
          }
          actions={actions}
          confirm={t('save')}
          away="/routing"
          notSaved={t('notSaved')}
          shownAt={/scenarios/}
          clash={{
            of: ['routing', code],
            nameOf: (field) => (field === 'name' ? t('name') : field === 'order' ? t('orderOf') : <bdi>{field.slice(1)}</bdi>),
            textOf: (value) => (value === undefined || value === null ? '–' : Array.isArray(value) ? value.join(', ') : typeof value === 'object' ? t('scenarioAsIs') : String(value)),
            split: ({ name, scenarios: all }) => ({ name, order: all.map((s) => s.name), ...Object.fromEntries(all.map((s) => [`:${s.name}`, { ...s, key: '' }])) }),
            join: ({ name, order, ...rest }) => ({
              name: name as string,
              scenarios: [...new Set([...(order as string[]), ...Object.keys(rest).map((k) => k.slice(1))])].flatMap((s, i) => (rest[`:${s}`] ? [{ ...(rest[`:${s}`] as ScenarioDraft), key: String(i) }] : [])),
            }),
          }}
        >
          <div className={css.content}>
            <span className="sy-hidden" role="status">{told}</span>
            <TextInput className={css.name!} label={t('name')} value={draft.name} maxLength={200} disabled={!canWrite} onChange={(e) => form.change({ name: e.currentTarget.value })} error={form.faults['name']} />
            <ProblemAlert error={check.error} what={check.error ? t('notChecked') : undefined} />
            <FindingsOf findings={findings} names={list.map((s) => s.name)} onShow={show} />
            <div className={css.listHead}>
              <h2>{t('scenarios')}</h2>
              <span className="sy-muted">{t('scenarios.text')}</span>
            </div>
            <ol className={css.list} aria-label={t('scenarios')}>
              {list.map((s, i) => (
                <ScenarioCard
                  key={s.key}
                  scenario={s}
                  index={i}
                  count={list.length}
                  isOpen={open === s.key}
                  onOpen={(isOpen) => setOpen(isOpen ? s.key : null)}
                  onChange={(change) => put(list.with(i, { ...s, ...change }))}
                  onMove={(to) => go(i, to)}
                  onCopy={() => add({ ...s, key: key(), name: t('copyOf', { name: s.name }).slice(0, 100) }, i + 1)}
                  onRemove={() => put(list.toSpliced(i, 1))}
                  drag={{
                    isOver: dragged !== null && dragged !== i,
                    onStart: () => setDragged(i),
                    onEnd: () => setDragged(null),
                    onDrop: () => {
                      if (dragged !== null) go(dragged, i);
                      setDragged(null);
                    },
                  }}
                  findings={by}
                  offers={offers}
                  isDisabled={!canWrite}
                />
              ))}
            </ol>
            {canWrite && list.length < mostScenarios && (
              <Button className={css.add!} variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => add(freshScenario(key()), list.length)}>
                {t('addScenario')}
              </Button>
            )}
            <p className="sy-muted">{t('atEnd')}</p>
            {changes > 0 && <p className="sy-meta" role="status">{t('changesHere', { n: changes })}</p>}
          </div>
        </DraftForm>
        <Versions strategy={strategy} draft={list} canWrite={canWrite} onMove={setMove} onBegin={(from) => put(from)} />
      </div>
      {isWide ? (
        <aside className={css.side} aria-label={t('try')}>
          <h2>{t('try')}</h2>
          {panel}
        </aside>
      ) : (
        <Drawer opened={isTrying} onClose={() => setTrying(false)} position="right" size="var(--sy-peek)" title={t('try')} closeButtonProps={{ 'aria-label': t('close') }}>
          {panel}
        </Drawer>
      )}
      {move && <MoveVersion strategy={strategy} move={move} onClose={() => setMove(null)} onDone={fresh} />}
    </div>
  );
}

/** All that was found, above the scenarios; each leads to its place. */
function FindingsOf({ findings, names, onShow }: { findings: Finding[]; names: string[]; onShow: (finding: Finding) => void }) {
  const t = useTexts(en);
  const words = useFindingWords();
  if (findings.length === 0) return null;
  const errors = findings.filter((f) => f.severity === 'error').length;
  return (
    <section className={css.findings} data-tone={errors > 0 ? 'bad' : 'warn'} aria-label={t('findings')}>
      <h2>{errors > 0 ? t('findings.errors', { n: errors }) : t('findings.warnings', { n: findings.length })}</h2>
      <ul>
        {findings.map((f, i) => {
          const name = names[Number(placeOf(f.pointer)?.split('.')[0])];
          return (
            <li key={i}>
              <button type="button" onClick={() => onShow(f)}>
                {name && !words(f).includes(name) && <strong>{name}: </strong>}
                {words(f)}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
