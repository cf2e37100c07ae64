import { Button, Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { IconDots } from '@house/icons.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { bodyOf, draftOf, pageOf, productOptions, type Product } from './product.ts';
import en from './texts.en.ts';

/** What can be done with a product: change it, make another like it, take it off sale. */
export function ProductActions({ product }: { product: Product }) {
  const t = useTexts(en);
  const { locale, zone } = useSpeech();
  const queries = useQueryClient();
  const turn = useMutation({
    mutationFn: ({ of, isActive }: { of: Product; isActive: boolean }) =>
      ask(
        api.PUT('/api/v1/products/{sku}', {
          params: { path: { sku: of.sku } },
          body: { ...bodyOf(draftOf(of, locale, zone), locale, zone, of), isActive },
          headers: ifMatch(of.version),
        }),
      ),
    onSuccess: (saved, { isActive }) => {
      queries.setQueryData(productOptions(saved.sku).queryKey, saved);
      void queries.invalidateQueries({ queryKey: ['products', 'list'] });
      notify(t(isActive ? 'activated' : 'archived', { sku: saved.sku }), () => turn.mutateAsync({ of: saved, isActive: !isActive }));
    },
  });
  return (
    <>
      <ProblemAlert error={turn.error} what={t('notSaved')} />
      <Button component={Link} to={`${pageOf(product.sku)}/edit`}>
        {t('edit')}
      </Button>
      <Menu>
        <Menu.Target>
          <Button variant="default" leftSection={<IconDots size={16} aria-hidden />} loading={turn.isPending}>
            {t('more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} {...({ to: '/new/product', search: { like: product.sku } } as object)}>
            {t('another')}
          </Menu.Item>
          <Menu.Item onClick={() => turn.mutate({ of: product, isActive: !product.isActive })}>{t(product.isActive ? 'archive' : 'activate')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
