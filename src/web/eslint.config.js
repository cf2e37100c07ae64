import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/house/api/schema.d.ts', 'src/house/look/scheme.js'] },
  { files: ['**/*.ts', '**/*.tsx'], extends: [ts.configs.recommended] },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    plugins: { 'react-hooks': hooks, 'jsx-a11y': a11y },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      ...Object.fromEntries(Object.keys(a11y.flatConfigs.recommended.rules).map((rule) => [rule, a11y.flatConfigs.recommended.rules[rule]])),
      'jsx-a11y/no-autofocus': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Colours and sizes are tokens, so that both schemes and all densities hold.
      'no-restricted-syntax': [
        'error',
        { selector: 'Literal[value=/^#[0-9a-fA-F]{3,8}$/]', message: 'Colours come from tokens.css: var(--sy-…).' },
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Text is text.' },
        { selector: "JSXAttribute[name.name='href'] :matches(Literal[value=/^\\/api\\//], TemplateElement[value.raw=/^\\/api\\//])", message: 'A plain link says no merchant: use FileButton.' },
      ],
      'no-restricted-imports': ['error', { paths: [{ name: '@tabler/icons-react', message: 'Take icons from @house/icons.' }] }],
    },
  },
  { files: ['src/house/look/theme.ts', 'src/house/icons.ts', 'src/house/navIcons.ts'], rules: { 'no-restricted-syntax': 'off', 'no-restricted-imports': 'off' } },
);
