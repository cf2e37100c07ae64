import { useQuery } from '@tanstack/react-query';
import { usePreference } from '@house/preferences.ts';
import { useMay, useSession } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { allNodesOptions, type Node } from '@rooms/Nodes/nodes.ts';

/** Warehouses before stores, since there is most to do; what supplies us by itself we do not pick in. */
const rank: Record<string, number> = { warehouse: 0, '3pl': 1, store: 2 };

/** Which node the pages of the warehouse are about: the one in the address, the one looked at last, or the first. */
export function useWarehouseNode(): { node: string | null; nodes: readonly Node[]; error: unknown; isKnown: boolean; choose: (code: string) => void } {
  const may = useMay();
  const { session } = useSession();
  const [url, setUrl] = useUrlState();
  const [last, setLast] = usePreference(`warehouse-${session.merchant ?? ''}`, '');
  const { data, error, isSuccess } = useQuery({ ...allNodesOptions, enabled: may('nodes:read') });
  const nodes = (data ?? []).filter((n) => n.isActive && n.kind in rank).sort((a, b) => rank[a.kind]! - rank[b.kind]! || a.code.localeCompare(b.code));
  const wanted = url['node'] ?? last;
  const node = nodes.some((n) => n.code === wanted) ? wanted : (nodes[0]?.code ?? (url['node'] || null));
  return {
    node,
    nodes,
    error,
    isKnown: isSuccess || !may('nodes:read'),
    choose: (code) => {
      setLast(code);
      setUrl({ node: code, after: undefined, before: undefined });
    },
  };
}
