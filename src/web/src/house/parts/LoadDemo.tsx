import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { api, ask } from '../api/client.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { useMay } from '../session.tsx';
import { Consequences } from './Consequences.tsx';
import { JobProgress } from './JobProgress.tsx';
import en from './texts.en.ts';

/** Is this installation empty, so that the demo shop can be loaded? Only who hands out rights is told. */
export function useDemoShop() {
  const may = useMay();
  return useQuery({
    queryKey: ['demoShop'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/demo-shop', { signal })),
    enabled: may('access:manage'),
    refetchInterval: (q) => (q.state.data?.job ? 2000 : false),
    retry: false,
  });
}

/** On an empty installation: the demo shop and its progress. Else what the page itself offers. */
export function LoadDemo({ otherwise }: { otherwise?: ReactNode }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const { data } = useDemoShop();
  const load = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/demo-shop', { body: { shop: 'fenwick-and-vale' } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['demoShop'] }).then(() => setAsking(false)),
  });
  const [isAsking, setAsking] = useState(false);
  const job = data?.job;
  const isLoading = Boolean(job);
  // When it is done every page has something to show.
  useEffect(() => (isLoading ? () => void queries.invalidateQueries() : undefined), [isLoading, queries]);
  if (job) return <JobProgress job={job} />;
  if (!data?.canLoad) return otherwise;
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('demo.load')}</Button>
      <Consequences opened={isAsking} onClose={() => setAsking(false)} title={t('demo.load')} rows={[]} confirm={t('demo.yes')} onConfirm={() => load.mutate()} isPending={load.isPending} error={load.error}>
        <p>{t('demo.sure')}</p>
      </Consequences>
    </>
  );
}
