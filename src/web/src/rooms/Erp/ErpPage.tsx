import { Button, Checkbox, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Money } from '@house/parts/Money.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { Frame, Row, Rows } from '@rooms/Settings/Frame.tsx';
import { ErpDialog } from './ErpDialog.tsx';
import css from './Erp.module.css';
import { flows, states, tones, type Erp, type ErpTask, type ErpThing } from './erp.ts';
import en from './texts.en.ts';

/** How the merchant's ERP is connected, who owns what, what was posted and read, and whether a day adds up. */
export default function ErpPage() {
  const t = useTexts(en);
  const mayWrite = useMay()('settings:write');
  const [isOpen, setOpen] = useState(false);
  const erp = useQuery({
    queryKey: ['erp'],
    // That there is none is an answer.
    queryFn: async ({ signal }) => {
      try {
        return await ask(api.GET('/api/v1/erp', { signal }));
      } catch (e) {
        if (e instanceof ApiError && e.status === 404) return null;
        throw e;
      }
    },
    refetchInterval: 15_000,
  });
  const adapters = useQuery({ queryKey: ['erp', 'adapters'], queryFn: ({ signal }) => ask(api.GET('/api/v1/erp-adapters', { signal })), enabled: mayWrite });
  const connect = mayWrite && <Button onClick={() => setOpen(true)}>{t(erp.data ? 'change' : 'connect')}</Button>;
  return (
    <Frame section="erp" error={erp.error ?? adapters.error} actions={erp.data && connect}>
      {erp.data === null && <EmptyState kind="first" title={t('none')} text={t('noneText')} action={connect} />}
      {erp.data && (
        <>
          <Connected erp={erp.data} mayWrite={mayWrite} />
          <Log erp={erp.data} mayWrite={mayWrite} />
          <Day />
        </>
      )}
      {isOpen && adapters.data && <ErpDialog erp={erp.data ?? null} adapters={adapters.data.data} onClose={() => setOpen(false)} />}
    </Frame>
  );
}

function Connected({ erp, mayWrite }: { erp: Erp; mayWrite: boolean }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: async (what: 'test' | 'start' | 'pause' | 'ask') => {
      if (what === 'start') return void (await ask(api.POST('/api/v1/erp/start')));
      if (what === 'pause') return void (await ask(api.POST('/api/v1/erp/pause')));
      if (what === 'ask') return void (await ask(api.POST('/api/v1/erp/ask')));
      const tested = await ask(api.POST('/api/v1/erp/test'));
      if (!tested.ok) throw new Error(t('testFailed', { said: tested.said ?? '' }));
      notify(t('testedWell', { name: tested.company?.name ?? '' }));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['erp'] }),
  });
  const button = (what: 'test' | 'start' | 'pause' | 'ask') => (
    <Button key={what} size="compact-sm" variant="default" loading={act.isPending && act.variables === what} onClick={() => act.mutate(what)}>
      {t(`act.${what}`)}
    </Button>
  );
  const h = erp.health;
  return (
    <Section
      title={erp.adapterName}
      beside={<Status tone={h.failures > 0 ? 'bad' : states[erp.state]}>{t(h.failures > 0 ? 'failing' : `state.${erp.state}`)}</Status>}
      actions={mayWrite && [button('test'), erp.state === 'live' ? button('ask') : null, button(erp.state === 'live' ? 'pause' : 'start')]}
    >
      {act.error && !(act.error instanceof ApiError) ? (
        <p role="alert">
          <Status tone="bad">{act.error.message}</Status>
        </p>
      ) : (
        <ProblemAlert error={act.error} />
      )}
      <Rows label={t('flows')}>
        {flows.map((flow) => {
          const asked = h.asked.find((a) => a.flow === flow);
          return (
            <Row key={flow} name={t(`flow.${flow}`)} beside={<Status tone={erp.flows[flow] === 'off' ? 'neutral' : 'good'}>{t.maybe(`owner.${erp.flows[flow]}`)}</Status>}>
              {asked?.said ?? (asked?.lastAskedAt ? <>{t('askedAt')} <When at={asked.lastAskedAt} /></> : null)}
            </Row>
          );
        })}
      </Rows>
      {h.said && <p className="sy-muted">{t('saidLast', { said: h.said })}</p>}
    </Section>
  );
}

function Log({ erp, mayWrite }: { erp: Erp; mayWrite: boolean }) {
  const t = useTexts(en);
  const [onlyParked, setOnlyParked] = useState(false);
  const state = onlyParked ? { state: 'parked' } : {};
  const tasks = useInfiniteQuery({
    queryKey: ['erp', 'tasks', onlyParked],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/erp/tasks', { params: { query: { limit: 50, ...state, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 15_000,
  });
  const things = useInfiniteQuery({
    queryKey: ['erp', 'things', onlyParked],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/erp/things', { params: { query: { limit: 50, ...state, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 15_000,
  });
  const told = tasks.data?.pages.flatMap((p) => p.data);
  const read = things.data?.pages.flatMap((p) => p.data);
  return (
    <>
      <Section title={t('posted')} beside={erp.health.tasksWaiting > 0 ? t('waiting', { n: erp.health.tasksWaiting }) : undefined}>
        <div className={css.filters}>
          <Checkbox label={t('onlyParked')} checked={onlyParked} onChange={(e) => setOnlyParked(e.currentTarget.checked)} />
        </div>
        <ProblemAlert error={tasks.error} again={() => void tasks.refetch()} />
        {told?.length === 0 && <p className="sy-muted">{t(onlyParked ? 'noParked' : 'noPosted')}</p>}
        {told && told.length > 0 && (
          <Rows label={t('posted')}>
            {told.map((task) => (
              <TaskRow key={task.key} task={task} mayWrite={mayWrite} />
            ))}
          </Rows>
        )}
        {tasks.hasNextPage && (
          <Button variant="default" mt="sm" loading={tasks.isFetchingNextPage} onClick={() => void tasks.fetchNextPage()}>
            {t('more')}
          </Button>
        )}
      </Section>
      <Section title={t('read')} beside={erp.health.thingsWaiting > 0 ? t('waiting', { n: erp.health.thingsWaiting }) : undefined}>
        <ProblemAlert error={things.error} again={() => void things.refetch()} />
        {read?.length === 0 && <p className="sy-muted">{t(onlyParked ? 'noParked' : 'noRead')}</p>}
        {read && read.length > 0 && (
          <Rows label={t('read')}>
            {read.map((thing) => (
              <ThingRow key={`${thing.flow} ${thing.id}`} thing={thing} mayWrite={mayWrite} />
            ))}
          </Rows>
        )}
        {things.hasNextPage && (
          <Button variant="default" mt="sm" loading={things.isFetchingNextPage} onClick={() => void things.fetchNextPage()}>
            {t('more')}
          </Button>
        )}
      </Section>
    </>
  );
}

function TaskRow({ task, mayWrite }: { task: ErpTask; mayWrite: boolean }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (what: 'retry' | 'drop') => {
      const params = { path: { key: task.key } };
      return ask(what === 'retry' ? api.POST('/api/v1/erp/tasks/{key}/retry', { params }) : api.POST('/api/v1/erp/tasks/{key}/drop', { params }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['erp'] }),
  });
  const name = `${t(`kind.${task.kind}`)} ${task.label}`;
  return (
    <Row
      name={name}
      beside={
        <>
          <Status tone={tones[task.state]}>{t(`task.${task.state}`)}</Status> <When at={task.doneAt ?? task.createdAt} />
        </>
      }
      end={mayWrite && task.state === 'parked' && <Acts name={name} isPending={change.isPending} onAct={change.mutate} />}
    >
      {task.recordId && (
        <bdi className="sy-code">
          {task.recordType} {task.recordId}
        </bdi>
      )}
      {task.amountMinor !== null && task.currency && (
        <>
          {' · '}
          <Money minor={task.amountMinor} currency={task.currency} />
        </>
      )}
      {task.state !== 'done' && task.said}
      <ProblemAlert error={change.error} />
    </Row>
  );
}

function ThingRow({ thing, mayWrite }: { thing: ErpThing; mayWrite: boolean }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (what: 'retry' | 'drop') => {
      const params = { path: { flow: thing.flow, id: thing.id } };
      return ask(what === 'retry' ? api.POST('/api/v1/erp/things/{flow}/{id}/retry', { params }) : api.POST('/api/v1/erp/things/{flow}/{id}/drop', { params }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['erp'] }),
  });
  const name = `${t(`flow.${thing.flow}`)}: ${thing.label}`;
  return (
    <Row
      name={name}
      beside={
        <>
          <Status tone={tones[thing.state]}>{t(`task.${thing.state}`)}</Status> <When at={thing.changedAt} />
        </>
      }
      end={mayWrite && thing.state === 'parked' && <Acts name={name} isPending={change.isPending} onAct={change.mutate} />}
    >
      {thing.said}
      <ProblemAlert error={change.error} />
    </Row>
  );
}

function Acts({ name, isPending, onAct }: { name: string; isPending: boolean; onAct: (what: 'retry' | 'drop') => void }) {
  const t = useTexts(en);
  return (
    <>
      <Button size="compact-sm" variant="default" loading={isPending} aria-label={t('retryOf', { name })} onClick={() => onAct('retry')}>
        {t('retry')}
      </Button>
      <Button size="compact-sm" variant="default" disabled={isPending} aria-label={t('dropOf', { name })} onClick={() => onAct('drop')}>
        {t('drop')}
      </Button>
    </>
  );
}

/** The sums of a day, ours and theirs. */
function Day() {
  const t = useTexts(en);
  const [day, setDay] = useState('');
  const compared = useMutation({ mutationFn: () => ask(api.GET('/api/v1/erp/reconcile', { params: { query: day ? { day } : {} } })) });
  return (
    <Section title={t('day')}>
      <div className={css.filters}>
        <TextInput type="date" label={t('dayOf')} description={t('dayText')} value={day} onChange={(e) => setDay(e.currentTarget.value)} />
        <Button variant="default" loading={compared.isPending} onClick={() => compared.mutate()}>
          {t('compare')}
        </Button>
      </div>
      <ProblemAlert error={compared.error} />
      {compared.data && (
        <>
          <p>
            <Status tone={compared.data.isEqual ? 'good' : 'bad'}>
              {compared.data.isEqual ? t('equal', { day: compared.data.day }) : t('differs', { n: compared.data.differences.length, day: compared.data.day })}
            </Status>
          </p>
          <Rows label={t('day')}>
            {compared.data.sums.map((s) => (
              <Row key={`${s.recordType} ${s.currency ?? ''}`} name={s.recordType} beside={t('counts', { ours: s.ourCount, theirs: s.theirCount })}>
                {s.currency && (
                  <>
                    <Money minor={s.ourMinor} currency={s.currency} /> · <Money minor={s.theirMinor} currency={s.currency} />
                  </>
                )}
              </Row>
            ))}
            {compared.data.differences.map((d) => (
              <Row key={d.externalId} name={d.label ?? d.externalId} beside={<Status tone="warn">{t(`difference.${d.kind}`)}</Status>}>
                <bdi className="sy-code">{d.externalId}</bdi>
                {d.currency && d.ourMinor !== null && (
                  <>
                    {' · '}
                    <Money minor={d.ourMinor} currency={d.currency} />
                  </>
                )}
                {d.currency && d.theirMinor !== null && (
                  <>
                    {' · '}
                    <Money minor={d.theirMinor} currency={d.currency} />
                  </>
                )}
              </Row>
            ))}
          </Rows>
        </>
      )}
    </Section>
  );
}
