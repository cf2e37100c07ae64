import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useSession } from '@house/session.tsx';
import { useActorName } from '@house/useActorName.ts';
import { orderOptions, type Order } from './orders.ts';
import { UserField } from './UserField.tsx';
import { useOrderChange } from './useOrderChange.ts';
import en from './texts.en.ts';

/** Who deals with the order. */
export function OrderAssignee({ order, mayWrite }: { order: Order; mayWrite: boolean }) {
  const t = useTexts(en);
  const { session } = useSession();
  const nameOf = useActorName();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const send = (assignee: string | null) => ask(api.POST('/api/v1/orders/{id}/assign', { params: { path: { id: order.id } }, body: { assignee } }));
  const assign = useOrderChange(order.id, send, (after) => {
    setOpen(false);
    const before = order.assignee;
    notify(after.assignee ? t('assignee.done', { who: nameOf(after.assignee) }) : t('assignee.none.done'), () =>
      send(before).then(() => queries.invalidateQueries({ queryKey: orderOptions(order.id).queryKey })),
    );
  });
  const me = session.user?.userName ?? null;
  return (
    <Section
      isSide
      title={t('assignee')}
      actions={
        mayWrite &&
        !isOpen && (
          <>
            {me !== null && order.assignee !== me && (
              <Button size="compact-sm" variant="subtle" onClick={() => assign.mutate(me)} loading={assign.isPending}>
                {t('assignee.take')}
              </Button>
            )}
            <Button size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
              {t('assignee.change')}
            </Button>
          </>
        )
      }
    >
      {isOpen ? <AssigneeField first={order.assignee ?? ''} onDone={(name) => assign.mutate(name)} onBack={() => setOpen(false)} /> : order.assignee ? <bdi>{nameOf(order.assignee)}</bdi> : <span className="sy-muted">{t('assignee.none')}</span>}
      <ProblemAlert error={assign.error} />
    </Section>
  );
}

/** A user's name; whoever manages users is offered them. */
function AssigneeField({ first, onDone, onBack }: { first: string; onDone: (name: string | null) => void; onBack: () => void }) {
  const t = useTexts(en);
  const [name, setName] = useState(first);
  return (
    <form
      className="sy-stack"
      onSubmit={(e) => {
        e.preventDefault();
        onDone(name.trim() || null);
      }}
    >
      <UserField value={name} onChange={setName} />
      <div className="sy-row">
        <Button type="submit" size="compact-sm">
          {t('assignee.save')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onBack}>
          {t('back')}
        </Button>
      </div>
    </form>
  );
}
