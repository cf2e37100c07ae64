import type { Schema } from '@house/api/client.ts';

/** What can be done to many orders at once, in the order of the bar. Printing is a page of its own. */
export const bulkActions = ['tag', 'untag', 'assign', 'priority', 'hold', 'releaseHold', 'cancel', 'export'] as const;
export type BulkAction = (typeof bulkActions)[number];

/** The kinds a person may hold by; the server knows them too. */
export const holdKinds = ['manual', 'customer', 'fraud', 'address', 'documents'] as const;
export const releaseKinds = ['manual', 'address', 'payment', 'stock', 'customer', 'fraud', 'duplicate', 'documents', 'method', 'unknown_sku', 'price_off_list', 'credit', 'blacklist'] as const;

/** What the person has said so far, of all actions together: what an action does not need is not sent. */
export interface BulkDraft {
  tags: string[];
  reason: string;
  kind: string;
  assignee: string;
  priority: number | null;
  columns: string[];
  format: 'csv' | 'ndjson';
}

export const emptyBulk: BulkDraft = { tags: [], reason: '', kind: 'manual', assignee: '', priority: null, columns: [], format: 'csv' };

/** The arguments as the API takes them; null while something is missing. */
export function argumentsOf(action: BulkAction, draft: BulkDraft): Schema['BulkArguments'] | null {
  const reason = draft.reason.trim() || null;
  switch (action) {
    case 'tag':
    case 'untag':
      return draft.tags.length > 0 ? { tags: draft.tags } : null;
    case 'assign':
      return { assignee: draft.assignee.trim() || null };
    case 'priority':
      return draft.priority === null ? null : { priority: draft.priority, reason };
    case 'hold':
      return reason === null ? null : { kind: draft.kind, reason };
    case 'releaseHold':
      return { kind: draft.kind, reason };
    case 'cancel':
      return { reason };
    case 'export':
      return { format: draft.format, ...(draft.columns.length > 0 ? { columns: draft.columns } : {}) };
  }
}

/** The count asks with whole arguments; these stand in until the person has written theirs. */
export const sampleArguments: Record<BulkAction, Schema['BulkArguments']> = {
  tag: { tags: ['x'] },
  untag: { tags: ['x'] },
  assign: { assignee: null },
  priority: { priority: 0 },
  hold: { kind: 'manual', reason: 'x' },
  releaseHold: { kind: 'manual' },
  cancel: {},
  export: {},
};

/** Which of them can be taken back as a whole. */
export const canUndo = (action: BulkAction): action is 'tag' | 'untag' | 'priority' => action === 'tag' || action === 'untag' || action === 'priority';
