import { Button, TextInput, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { ApiError, byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { instantOf } from '@house/i18n/zoned.ts';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { bodyOf, draftOf } from './draft.ts';
import { pageOf, type Node } from './nodes.ts';
import en from './texts.en.ts';

/** Everything that shows nodes is asked for anew. */
export function useFreshNodes() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['nodes'] });
}

/** What can be done with a node: change it, close it in an emergency, take it back. */
export function NodeActions({ node, isClosedByHand }: { node: Node; isClosedByHand: boolean }) {
  const t = useTexts(en);
  const fresh = useFreshNodes();
  const [isClosing, setClosing] = useState(false);
  const at = { params: { path: { code: node.code } } };
  const reopen = useMutation({
    // One that was taken out of work without a closing is put back by writing it.
    mutationFn: async (): Promise<unknown> => {
      if (isClosedByHand) return ask(api.POST('/api/v1/nodes/{code}/reopen', at));
      const work = await ask(api.GET('/api/v1/nodes/{code}/work-settings', at));
      return ask(api.PUT('/api/v1/nodes/{code}', { ...at, body: { ...bodyOf(draftOf(node, work, 'GBP', 'en-GB'), 'GBP', 'en-GB'), isActive: true } }));
    },
    onSuccess: async () => {
      await fresh();
      notify(t('reopened', { code: node.code }));
    },
  });
  return (
    <>
      <ProblemAlert error={reopen.error} />
      {node.isActive ? (
        <Button variant="default" onClick={() => setClosing(true)}>{t('close')}</Button>
      ) : (
        <Button variant="default" onClick={() => reopen.mutate()} loading={reopen.isPending}>{t('reopen')}</Button>
      )}
      <Button component={Link} to={`${pageOf(node.code)}/edit`}>{t('edit')}</Button>
      {isClosing && <CloseNode node={node} onClose={() => setClosing(false)} />}
    </>
  );
}

/** Closes a node; what that does to its orders is told before. */
function CloseNode({ node, onClose }: { node: Node; onClose: () => void }) {
  const t = useTexts(en);
  const fresh = useFreshNodes();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const { data: told, error } = useQuery({
    queryKey: ['nodes', node.code, 'closing-preview'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/closing/preview', { params: { path: { code: node.code } }, signal })),
    staleTime: 0,
  });
  const close = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/nodes/{code}/close', { params: { path: { code: node.code } }, body: { reason: reason.trim(), until: instantOf(until, node.timeZone) } })),
    onSuccess: async () => {
      await fresh();
      notify(t('closedNow', { code: node.code }));
      onClose();
    },
  });
  const faults = byField(close.error);
  const rows = told && [
    { what: t('closing.new'), now: t('closing.fromHere'), after: t('closing.elsewhere') },
    { what: t('closing.orders', { n: told.orders }), now: t('closing.units', { n: told.units }), after: told.orders === 0 ? t('closing.none') : t('closing.anew') },
    ...(told.unitsShort > 0 ? [{ what: t('closing.short'), now: t('closing.units', { n: told.unitsShort }), after: t('closing.wait') }] : []),
    ...(told.begunOrders > 0 ? [{ what: t('closing.begun', { n: told.begunOrders }), now: t('closing.units', { n: told.begunUnits }), after: t('closing.stay') }] : []),
    ...(told.otherMerchants > 0 ? [{ what: t('closing.others', { n: told.otherMerchants }), now: t('closing.fromHere'), after: t('closing.anew') }] : []),
  ];
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('close.title', { name: node.name })}
      rows={rows ?? null}
      confirm={t('close.confirm', { code: node.code })}
      isDanger
      onConfirm={() => close.mutate()}
      isPending={close.isPending}
      notYet={reason.trim() === '' ? t('close.needsReason') : null}
      error={error ?? (close.error instanceof ApiError && close.error.fields.length > 0 ? null : close.error)}
    >
      <Textarea label={t('close.reason')} required value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={500} autosize minRows={2} error={faults['reason']} data-autofocus />
      <TextInput type="datetime-local" label={t('close.until')} description={t('close.untilText', { zone: node.timeZone })} value={until} onChange={(e) => setUntil(e.currentTarget.value)} error={faults['until']} />
    </Consequences>
  );
}

