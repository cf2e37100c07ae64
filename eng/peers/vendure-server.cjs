// A Vendure server on loopback with a new database in the present folder. PORT, USER_NAME and PASSWORD come from the environment.
const { bootstrap, DefaultJobQueuePlugin, DefaultLogger, dummyPaymentHandler, JobQueueService, LogLevel } = require('@vendure/core');

const config = {
  apiOptions: { hostname: '127.0.0.1', port: Number(process.env.PORT), adminApiPath: 'admin-api', shopApiPath: 'shop-api' },
  authOptions: {
    tokenMethod: ['bearer'], requireVerification: false, superadminCredentials: { identifier: process.env.USER_NAME, password: process.env.PASSWORD },
  },
  dbConnectionOptions: { type: 'better-sqlite3', database: 'shop.sqlite', synchronize: true, logging: false },
  importExportOptions: { importAssetsDir: __dirname },
  logger: new DefaultLogger({ level: LogLevel.Warn }),
  paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
  plugins: [DefaultJobQueuePlugin.init({})],
};

bootstrap(config).then(app => app.get(JobQueueService).start()).catch(fault => {
  console.error(fault);
  process.exit(1);
});
