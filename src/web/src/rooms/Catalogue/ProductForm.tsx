import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { same } from '@house/draft.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { DraftForm } from '@house/parts/DraftForm.tsx';
import { notify } from '@house/parts/notices.ts';
import { useDraftForm } from '@house/useDraftForm.ts';
import { bodyOf, draftOf, emptyDraft, faultsOf, pageOf, productOptions, tidied, type Product, type ProductDraft } from './product.ts';
import css from './ProductForm.module.css';
import { Description, Parts, PricesAndCost, Scanning, Selling, Shipping, Sorting, Variant } from './ProductFields.tsx';
import en from './texts.en.ts';

/** Faults that stand beside their fields. */
const shownAt = /^(sku|name|kind|description|taxClass|weightGrams|lengthMm|widthMm|heightMm|cost\w+|prices\.\d+\..+|barcodes\.\d+\..+|components(\.\d+\..+)?|backorder\w*|preorder\w+|tags(\.\d+)?|handlingFlags(\.\d+)?|group|options.*|metadata.*)$/;

interface Props {
  /** By which unsaved changes are found again. */
  name: string;
  product?: Product;
  /** A new one begins like this. */
  copy?: ProductDraft | undefined;
}

/** A product to be made or changed. */
export function ProductForm({ name, product, copy }: Props) {
  const t = useTexts(en);
  const { locale, zone } = useSpeech();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const stored = (p: Product) => ({ draft: draftOf(p, locale, zone), version: p.version });
  const variantOf = (d: ProductDraft) => ({ group: d.variantGroup.trim(), options: d.options });
  const form = useDraftForm<ProductDraft, { product: Product; isNew: boolean }>({
    name,
    stored: product ? stored(product) : { draft: emptyDraft, version: null },
    copy,
    tidied,
    faultsOf: (draft) => Object.fromEntries(Object.entries(faultsOf(draft, locale)).map(([field, key]) => [field, t(key)])),
    save: async ({ draft, start, version }, begin) => {
      const body = bodyOf(draft, locale, zone, product);
      const saved =
        version === null
          ? await ask(api.POST('/api/v1/products', { body }))
          : await ask(api.PUT('/api/v1/products/{sku}', { params: { path: { sku: draft.sku } }, body, headers: ifMatch(version) }));
      const isNew = version === null;
      const after = variantOf(draft);
      if (same(variantOf(start), after)) return { product: saved, isNew };
      try {
        const grouped = await ask(
          api.PUT('/api/v1/products/{sku}/variant', {
            params: { path: { sku: saved.sku } },
            body: { group: after.group || null, options: Object.fromEntries(after.options.map((o) => [o.name.trim(), o.value.trim()])) },
          }),
        );
        return { product: grouped, isNew };
      } catch (error) {
        // The rest is saved: what is left to do stands on the version that is there now.
        begin(stored(saved).draft, saved.version, draft);
        throw error;
      }
    },
    onSaved: ({ product: saved, isNew }, _, begin) => {
      begin(stored(saved).draft, saved.version);
      queries.setQueryData(productOptions(saved.sku).queryKey, saved);
      void queries.invalidateQueries({ queryKey: ['products', 'list'] });
      void queries.invalidateQueries({ queryKey: ['products', 'variants'] });
      notify(t(isNew ? 'made' : 'saved', { sku: saved.sku }));
      void navigate({ to: pageOf(saved.sku) });
    },
    read: async ({ sku }) => stored(await queries.fetchQuery({ ...productOptions(sku), staleTime: 0 })),
  });
  const { draft, isNew } = form;
  const at = { draft, set: form.change, faults: form.faults, isNew };
  return (
    <DraftForm
      form={form}
      title={isNew ? t('new') : t('change', { name: form.kept.start.name })}
      beside={!isNew && <Code>{draft.sku}</Code>}
      confirm={t(isNew ? 'make' : 'save')}
      away={isNew ? '/catalogue' : pageOf(draft.sku)}
      notSaved={t('notSaved')}
      shownAt={shownAt}
      clash={{
        of: ['products', draft.sku],
        history: (signal) => ask(api.GET('/api/v1/products/{sku}/history', { params: { path: { sku: draft.sku }, query: { limit: 10 } }, signal })),
        nameOf: (field) => t.maybe(`field.${field}`),
      }}
    >
      <div className={css.columns}>
        <div className={css.column}>
          <Description {...at} />
          {draft.kind === 'bundle' && <Parts {...at} />}
          <PricesAndCost {...at} />
          {draft.kind !== 'charge' && <Scanning {...at} />}
        </div>
        <div className={css.column}>
          {draft.kind !== 'charge' && <Shipping {...at} />}
          {draft.kind === 'goods' && <Selling {...at} />}
          <Variant {...at} />
          <Sorting {...at} />
        </div>
      </div>
    </DraftForm>
  );
}
