import { Button, Modal, NumberInput } from '@mantine/core';
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { useMay } from '@house/session.tsx';
import { allNodesOptions } from '@rooms/Nodes/nodes.ts';
import css from './Calendar.module.css';
import { shareOf } from './calendar.ts';
import { Frame } from './Frame.tsx';
import routing from './Routing.module.css';
import en from './texts.en.ts';

const days = 14;
const mostNodes = 40;

/** How much is promised of the next days, node by node. */
export default function CapacityPage() {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const { number } = useFormat();
  const may = useMay();
  const [changed, setChanged] = useState<string | null>(null);
  const nodes = useQuery(allNodesOptions);
  const shown = (nodes.data ?? []).filter((n) => n.isActive).slice(0, mostNodes);
  const loads = useQueries({
    queries: shown.map((n) => ({
      queryKey: ['nodes', n.code, 'days', days],
      queryFn: ({ signal }: { signal: AbortSignal }) => ask(api.GET('/api/v1/nodes/{code}/days', { params: { path: { code: n.code }, query: { days } }, signal })),
      refetchInterval: 60_000,
    })),
  });
  const dates = [...new Set(loads.flatMap((l) => l.data?.days.map((d) => d.date) ?? []))].sort().slice(0, days);
  const head = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'numeric', timeZone: 'UTC' });
  return (
    <Frame section="capacity" isWide error={nodes.error ?? loads.find((l) => l.error)?.error} again={() => void nodes.refetch()}>
      {nodes.data?.length === 0 ? (
        <EmptyState kind="first" title={t('calendars.none')} text={t('calendars.noneText')} />
      ) : (
        <ScrollPanel label={t('capacity')}>
          <table className={`${routing.table} ${css.loads}`}>
            <thead>
              <tr>
                <th scope="col">{t('node')}</th>
                <th scope="col" className={routing.end}>{t('capacity.aDay')}</th>
                {dates.map((d) => <th key={d} scope="col">{head.format(Date.parse(d))}</th>)}
              </tr>
            </thead>
            <tbody>
              {shown.map((n, i) => {
                const by = new Map(loads[i]?.data?.days.map((d) => [d.date, d]));
                const most = loads[i]?.data?.days[0]?.capacity ?? null;
                return (
                  <tr key={n.code}>
                    <th scope="row"><Link to={`/routing/calendars?node=${encodeURIComponent(n.code)}` as string} className={routing.rowLink} title={n.name}>{n.code}</Link></th>
                    <td className={routing.end}>
                      {may('settings:write') ? (
                        <Button size="compact-sm" variant="subtle" className={routing.figure} aria-label={t('capacity.change', { node: n.code, most: most === null ? t('capacity.any') : number(most) })} onClick={() => setChanged(n.code)}>{most === null ? t('capacity.any') : number(most)}</Button>
                      ) : most === null ? <span className="sy-muted">{t('capacity.any')}</span> : number(most)}
                    </td>
                    {dates.map((date) => {
                      const d = by.get(date);
                      if (!d) return <td key={date} />;
                      if (!d.works) return <td key={date} className="sy-muted">{t('day.closed')}</td>;
                      if (d.capacity === null || d.parcels === null) return <td key={date} className="sy-muted">–</td>;
                      return (
                        <td key={date} data-full={d.isFull || undefined}>
                          <span className={css.load}>
                            <span title={t('day.load', { n: number(d.parcels), of: number(d.capacity) })}>{number(d.parcels)}</span>
                            <span className={css.bar} aria-hidden><span data-full={d.isFull || undefined} style={{ inlineSize: `${shareOf(d.parcels, d.capacity)}%` }} /></span>
                            {d.isFull && <span>{t('day.full')}</span>}
                          </span>
                        </td>
                      );
                    })}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </ScrollPanel>
      )}
      {changed !== null && <ChangeCapacity node={changed} onClose={() => setChanged(null)} />}
    </Frame>
  );
}

/** How many parcels a node sends in a day; what else is said of how it takes its work stays as it is. */
function ChangeCapacity({ node, onClose }: { node: string; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const { number } = useFormat();
  const work = useQuery({ queryKey: ['nodes', node, 'work-settings'], queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/work-settings', { params: { path: { code: node } }, signal })), staleTime: 0 });
  const [typed, setTyped] = useState<number | '' | null>(null);
  const value = typed ?? work.data?.dailyCapacity ?? '';
  const save = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/nodes/{code}/work-settings', { params: { path: { code: node } }, body: { acceptsByDefault: null, acceptMinutes: null, dailyCapacity: value === '' ? null : value }, headers: ifMatch(work.data!.version) })),
    onSuccess: async (saved) => {
      notify(t('capacity.saved', { node, n: saved.dailyCapacity === null ? t('capacity.any') : number(saved.dailyCapacity) }));
      onClose();
      await queries.invalidateQueries({ queryKey: ['nodes', node] });
    },
  });
  const faults = byField(save.error);
  return (
    <Modal opened onClose={onClose} title={t('capacity.of', { node })} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          if (work.data) save.mutate();
        }}
      >
        <NumberInput label={t('capacity.parcels')} description={t('capacity.text')} placeholder={t('capacity.any')} value={value} min={0} allowDecimal={false} onChange={(v) => setTyped(v === '' ? '' : Number(v))} error={faults['dailyCapacity']} data-autofocus />
        <ProblemAlert error={save.error ?? work.error} shown={['/dailyCapacity']} />
        <div className={routing.buttons}>
          <Button variant="default" onClick={onClose}>{t('back')}</Button>
          <Button type="submit" loading={save.isPending} disabled={!work.data}>{t('capacity.save')}</Button>
        </div>
      </form>
    </Modal>
  );
}
