import { Button, Checkbox, Modal } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import words from '@house/words/texts.en.ts';
import { Row, Rows } from '@rooms/Settings/Frame.tsx';
import { tones, type Desk, type Ticket } from './desks.ts';
import en from './texts.en.ts';

/** The tickets that troubles have at a desk; one that the desk did not take is tried again from here. */
export function TicketsDialog({ desk, mayWrite, onClose }: { desk: Desk; mayWrite: boolean; onClose: () => void }) {
  const t = useTexts(en);
  const word = useTexts(words);
  const queries = useQueryClient();
  // Those are looked for here with which somebody is to do something.
  const [isParkedOnly, setParkedOnly] = useState(desk.tickets.parked > 0);
  const tickets = useInfiniteQuery({
    queryKey: ['support-desks', desk.code, 'troubles', isParkedOnly],
    queryFn: ({ pageParam, signal }) => {
      const params = { path: { code: desk.code }, query: { ...(isParkedOnly ? { state: 'parked' } : {}), ...(pageParam ? { after: pageParam } : {}) } };
      return ask(api.GET('/api/v1/support-desks/{code}/troubles', { params, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const retry = useMutation({
    mutationFn: (k: Ticket) => ask(api.POST('/api/v1/support-desks/{code}/troubles/{exception}/retry', { params: { path: { code: desk.code, exception: k.trouble } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['support-desks'] }),
  });
  const list = tickets.data?.pages.flatMap((p) => p.data);
  return (
    <Modal opened onClose={onClose} title={t('ticketsOf', { name: desk.name })} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <div className="sy-stack">
        <ProblemAlert error={tickets.error ?? retry.error} />
        <Checkbox label={t('parkedOnly')} checked={isParkedOnly} onChange={(e) => setParkedOnly(e.currentTarget.checked)} />
        {list?.length === 0 && <p className="sy-muted">{t('noTickets')}</p>}
        {list && list.length > 0 && (
          <Rows label={t('tickets')}>
            {list.map((k) => (
              <Row
                key={k.trouble}
                name={`${word.maybe(`hold.${k.kind}`)}${k.orderNumber ? ` · ${k.orderNumber}` : ''}`}
                beside={
                  <>
                    <Status tone={tones[k.state]}>{t(`state.${k.state}`)}</Status> <When at={k.changedAt} />
                  </>
                }
                end={
                  <>
                    {k.url && (
                      <a href={k.url} target="_blank" rel="noreferrer">
                        {t('seeTicket')}
                      </a>
                    )}
                    {mayWrite && k.state === 'parked' && (
                      <Button size="compact-sm" variant="default" loading={retry.isPending && retry.variables === k} onClick={() => retry.mutate(k)}>
                        {t('retry')}
                      </Button>
                    )}
                  </>
                }
              >
                {k.said}
              </Row>
            ))}
          </Rows>
        )}
        {tickets.hasNextPage && (
          <Button variant="default" loading={tickets.isFetchingNextPage} onClick={() => void tickets.fetchNextPage()}>
            {t('more')}
          </Button>
        )}
      </div>
    </Modal>
  );
}
