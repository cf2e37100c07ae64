import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';

export type Share = Schema['ShareView'];
export type Figures = Schema['ShowSharesSkuFigures'];

export interface PartDraft {
  name: string;
  channels: string[];
  customerTags: string[];
  amount: number | '';
  unit: 'percent' | 'units';
}

/** How some stock is divided, as it stands in the form. */
export interface ShareDraft {
  code: string;
  name: string;
  priority: number | '';
  skus: string[];
  tags: string[];
  groups: string[];
  parts: PartDraft[];
  overflow: 'strict' | 'shared';
  isActive: boolean;
  restart: boolean;
}

export const freshPart: PartDraft = { name: '', channels: [], customerTags: [], amount: '', unit: 'percent' };
export const freshShare: ShareDraft = { code: '', name: '', priority: 0, skus: [], tags: [], groups: [], parts: [freshPart], overflow: 'strict', isActive: true, restart: false };

const words = (list: readonly (string | null)[] | null | undefined): string[] => (list ?? []).filter((w): w is string => w !== null);

export const draftOf = (s: Share): ShareDraft => ({
  code: s.code,
  name: s.name,
  priority: s.priority,
  skus: words(s.skus),
  tags: words(s.tags),
  groups: words(s.groups),
  parts: s.parts.map((p) => ({ name: p.name ?? '', channels: words(p.channels), customerTags: words(p.customerTags), amount: p.percent ?? p.units ?? '', unit: p.units != null ? 'units' : 'percent' })),
  overflow: s.overflow,
  isActive: s.isActive,
  restart: false,
});

export const bodyOf = (d: ShareDraft): Schema['ShareBody'] => ({
  name: d.name.trim() || null,
  priority: d.priority === '' ? 0 : d.priority,
  skus: d.skus,
  tags: d.tags,
  groups: d.groups,
  parts: d.parts.map((p) => ({
    name: p.name.trim() || null,
    channels: p.channels,
    customerTags: p.customerTags,
    percent: p.unit === 'percent' && p.amount !== '' ? p.amount : null,
    units: p.unit === 'units' && p.amount !== '' ? p.amount : null,
  })),
  overflow: d.overflow,
  isActive: d.isActive,
  restart: d.restart,
});

/** Percent that belong to no part: anybody may buy of them. */
export const restPercent = (parts: readonly PartDraft[]): number => Math.max(0, 100 - parts.reduce((sum, p) => sum + (p.unit === 'percent' && p.amount !== '' ? p.amount : 0), 0));

export const sharePage = (code: string) => `/shares/${encodeURIComponent(code)}` as string;

export const sharesOptions = queryOptions({
  queryKey: ['shares'],
  queryFn: ({ signal }) => ask(api.GET('/api/v1/inventory/shares', { params: { query: { limit: 200 } }, signal })),
});
