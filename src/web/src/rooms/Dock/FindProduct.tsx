import { Button, Checkbox, Modal, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useMay } from '@house/session.tsx';
import { bodyOf, draftOf } from '@rooms/Catalogue/product.ts';
import handheld from '@rooms/Handheld/Handheld.module.css';
import { Count } from './Count.tsx';
import css from './Dock.module.css';
import type { Goods } from './receiving.ts';
import en from './texts.en.ts';

interface Props {
  node: string;
  /** The barcode that nobody knows; null: the goods have none. */
  code: string | null;
  onGoods: (goods: Goods, units: number) => void;
  onClose: () => void;
}

/** Looks for a product by its number or name; whoever may write products can say that the unknown barcode is its own. */
export function FindProduct({ node, code, onGoods, onClose }: Props) {
  const t = useTexts(en);
  const may = useMay();
  const { locale, zone } = useSpeech();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<{ sku: string; name: string } | null>(null);
  const [isAttached, setAttached] = useState(true);
  const [each, setEach] = useState(1);
  const [asked] = useDebouncedValue(words.trim(), 250);
  const mayAttach = code !== null && may('catalog:write');
  const found = useQuery({
    queryKey: ['dock', 'find', asked],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/products', { params: { query: { query: asked, limit: 20 } }, signal })),
    enabled: asked.length > 0 && may('catalog:read'),
  });
  const take = useMutation({
    mutationFn: async (sku: string) => {
      if (mayAttach && isAttached) {
        const product = await ask(api.GET('/api/v1/products/{sku}', { params: { path: { sku } } }));
        const draft = draftOf(product, locale, zone);
        const body = bodyOf({ ...draft, barcodes: [...draft.barcodes, { barcode: code, packQuantity: each }] }, locale, zone, product);
        await ask(api.PUT('/api/v1/products/{sku}', { params: { path: { sku } }, body, headers: ifMatch(product.version) }));
      }
      const said = await ask(api.GET('/api/v1/nodes/{code}/dock', { params: { path: { code: node }, query: { scan: sku } } }));
      onGoods(said.goods!.about, mayAttach && isAttached ? each : 1);
    },
  });
  const goods = (found.data?.data ?? []).filter((p) => p.kind === 'goods');
  return (
    <Modal opened onClose={onClose} title={code === null ? t('findTitle') : t('findTitleOf', { code })} closeButtonProps={{ 'aria-label': t('close'), size: 'xl' }}>
      <div className={handheld.sheet}>
        {chosen === null ? (
          <>
            <TextInput size="lg" label={t('skuOrName')} value={words} data-autofocus data-scan="off" autoComplete="off" maxLength={200} dir="auto" onChange={(e) => setWords(e.currentTarget.value)} />
            <ProblemAlert error={found.error} again={() => void found.refetch()} />
            <p role="status" className="sy-muted">{found.data && goods.length === 0 ? t('noneFound') : ''}</p>
            <ul className={handheld.cards} aria-label={t('foundProducts')}>
              {goods.map((p) => (
                <li key={p.sku}>
                  <UnstyledButton className={css.job} disabled={take.isPending} onClick={() => (mayAttach ? setChosen({ sku: p.sku, name: p.name }) : take.mutate(p.sku))}>
                    <span className={handheld.cardWords}>
                      <span className={css.name} dir="auto">{p.name}</span>
                      <span className="sy-muted sy-code">{p.sku}</span>
                    </span>
                  </UnstyledButton>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <>
            <p className={css.name} dir="auto">{chosen.name}</p>
            <Checkbox size="lg" label={t('attach', { code: code! })} checked={isAttached} onChange={(e) => setAttached(e.currentTarget.checked)} />
            {isAttached && <Count label={t('eachCode')} n={each} least={1} most={9_999} onChange={setEach} />}
          </>
        )}
        <ProblemAlert error={take.error} what={t('notAttached')} />
        {chosen !== null && (
          <Button className={handheld.big!} loading={take.isPending} onClick={() => take.mutate(chosen.sku)}>
            {t(isAttached ? 'attachAndCount' : 'countOnly')}
          </Button>
        )}
      </div>
    </Modal>
  );
}
