// Made by npm run api from docs/api/openapi.json. Do not edit.
export interface paths {
    "/api/v1/attention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all that waits for a person, oldest first */
        get: operations["attention.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attention/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count what waits for a person, by kind */
        get: operations["attention.count"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who did what */
        get: operations["audit.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/availability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask what can be delivered where, when and for what cost */
        post: operations["availability.check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blocked-people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List blocked emails, numbers and addresses */
        get: operations["blockedPeople.list"];
        put?: never;
        /** Block an email, number or address */
        post: operations["blockedPeople.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blocked-people/{entry}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an entry off the list */
        delete: operations["blockedPeople.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List channels */
        get: operations["channels.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a channel */
        get: operations["channels.get"];
        /** Write a channel */
        put: operations["channels.write"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consumers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who follows the log, and how far behind */
        get: operations["consumers.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consumers/{name}/parked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List entries a follower could not take */
        get: operations["consumers.parked"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consumers/{name}/parked/{position}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pass over a parked entry */
        post: operations["consumers.discard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consumers/{name}/parked/{position}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a parked entry again */
        post: operations["consumers.replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List counts that are wanted or done */
        get: operations["counts.list"];
        put?: never;
        /** Ask for shelves to be counted */
        post: operations["counts.want"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/counts/{id}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enter what a count found */
        post: operations["counts.enter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List and search customers, newest first
         * @description query holds words and field:value, as docs/api/search.md says; GET /search/fields?list=customers names the fields. sort: -createdAt or -updatedAt.
         */
        get: operations["customers.list"];
        put?: never;
        /** Make a customer */
        post: operations["customers.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a customer with history */
        get: operations["customers.get"];
        /** Change a customer */
        put: operations["customers.replace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Block a customer */
        post: operations["customers.block"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all a customer ever agreed to or took back, newest first */
        get: operations["customers.consents"];
        put?: never;
        /** Record a consent or its withdrawal */
        post: operations["customers.consent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Merge another customer into this one */
        post: operations["customers.merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List notes about a customer, newest first */
        get: operations["customers.notes"];
        put?: never;
        /** Write a note about a customer */
        post: operations["customers.note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a customer's orders over all channels */
        get: operations["customers.orders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/unblock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Unblock a customer */
        post: operations["customers.unblock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/unmerge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a merged customer out again */
        post: operations["customers.unmerge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Today at a glance, each figure with the query of its list
         * @description zone is the reader's IANA time zone, by which today begins; days the length of the trend, 30 unless said.
         */
        get: operations["reports.dashboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List deliveries, newest first */
        get: operations["deliveries.list"];
        put?: never;
        /** Open a delivery */
        post: operations["deliveries.open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a delivery with its lines */
        get: operations["deliveries.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a delivery of which nothing came */
        post: operations["deliveries.cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a delivery and tell how it differs */
        post: operations["deliveries.close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what each receiver booked in, newest first */
        get: operations["deliveries.listReceipts"];
        put?: never;
        /** Book goods of a delivery in */
        post: operations["deliveries.receive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}/receipts/{receipt}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back a receipt that was booked wrongly */
        post: operations["deliveries.undoReceipt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List and search drafts
         * @description query holds words and field:value, as docs/api/search.md says; GET /search/fields?list=drafts names the fields. state:open finds what may still be placed.
         */
        get: operations["drafts.list"];
        put?: never;
        /** Make a draft of an order */
        post: operations["drafts.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a draft with what it would cost today */
        get: operations["drafts.read"];
        /** Change a draft */
        put: operations["drafts.replace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{id}/abandon": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a draft up */
        post: operations["drafts.abandon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The customer accepts the quote */
        post: operations["drafts.accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{id}/place": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an order of a draft
         * @description 201: the order. 200: the order that was made of it before.
         */
        post: operations["drafts.place"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See what placing a draft would do */
        get: operations["drafts.preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{id}/quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Quote a draft: its prices stand until a date */
        post: operations["drafts.quote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let go the stock that is kept for a draft */
        post: operations["drafts.release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{id}/reserve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep the stock of a draft for a while */
        post: operations["drafts.reserve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the log from a cursor on */
        get: operations["events.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow the log live */
        get: operations["events.stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exceptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what a person must look at */
        get: operations["exceptions.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exceptions/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say who deals with an exception */
        post: operations["exceptions.assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exceptions/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close an exception that is dealt with */
        post: operations["exceptions.resolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exchange-rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List exchange rates */
        get: operations["channels.listExchangeRates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exchange-rates/{currency}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Write an exchange rate */
        put: operations["channels.writeExchangeRate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the caller may export, and its columns */
        get: operations["exports.list"];
        put?: never;
        /**
         * Export what a query finds, as a job
         * @description Answers 202 with the job; when it is done GET /jobs/{id}/result has the file. Amounts are in major units; CSV is UTF-8 and no cell of it is run as a formula.
         */
        post: operations["exports.start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/barcodes.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export barcodes as a CSV file */
        get: operations["files.export.barcodes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/bundles.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export bundles as a CSV file */
        get: operations["files.export.bundles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/customers.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export customers as a CSV file */
        get: operations["files.export.customers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/lanes.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export lanes as a CSV file */
        get: operations["files.export.lanes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/nodes.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export nodes as a CSV file */
        get: operations["files.export.nodes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/products.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export products as a CSV file */
        get: operations["files.export.products"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/stock.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export stock as a CSV file */
        get: operations["files.export.stock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/zones.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export zones as a CSV file */
        get: operations["files.export.zones"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List releases */
        get: operations["fulfilment.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a release */
        get: operations["fulfilment.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept a release */
        post: operations["fulfilment.accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a release back that has not begun, or was not collected */
        post: operations["fulfilment.cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/collected": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The customer has collected it */
        post: operations["fulfilment.collected"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/deliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note that packages arrived */
        post: operations["fulfilment.deliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record what happened to a release */
        post: operations["fulfilment.recordFact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hold a release */
        post: operations["fulfilment.hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/lost": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note that packages are lost */
        post: operations["fulfilment.lose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make one release of two */
        post: operations["fulfilment.merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move a release to another node */
        post: operations["fulfilment.move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Offer a waiting release now */
        post: operations["fulfilment.offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/pack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pack what was picked */
        post: operations["fulfilment.pack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/pick": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note what was picked */
        post: operations["fulfilment.pick"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/put-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note that goods were put back on the shelf */
        post: operations["fulfilment.putBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ready for pickup */
        post: operations["fulfilment.ready"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject a release */
        post: operations["fulfilment.reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/release-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Release a hold of a release */
        post: operations["fulfilment.releaseHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set when work on a release begins */
        post: operations["fulfilment.schedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/sent-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note that packages come back to us */
        post: operations["fulfilment.sendBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/ship": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand packages over to a carrier */
        post: operations["fulfilment.ship"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/short-pick": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note that fewer units were there than asked */
        post: operations["fulfilment.shortPick"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make two releases of one */
        post: operations["fulfilment.split"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/start-picking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to pick */
        post: operations["fulfilment.startPicking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask a node to stop work on a release */
        post: operations["fulfilment.stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/stop-answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer that a release has stopped, or has left */
        post: operations["fulfilment.answerStop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fulfilments/{id}/unpack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open packages again */
        post: operations["fulfilment.unpack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hold-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the rules by which orders are held */
        get: operations["holdRules.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hold-rules/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** See what the rules say of an order */
        post: operations["holdRules.try"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hold-rules/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a rule by which orders are held */
        get: operations["holdRules.get"];
        /** Make or change a rule by which orders are held */
        put: operations["holdRules.write"];
        post?: never;
        /** Remove a rule, or what was changed of one of the house */
        delete: operations["holdRules.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/images/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A picture's file */
        get: operations["catalog.getImage"];
        /** Say what a picture shows, and where it stands */
        put: operations["catalog.changeImage"];
        post?: never;
        /** Take a picture away */
        delete: operations["catalog.removeImage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/import-mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The kept mappings of files the caller may import */
        get: operations["mappings.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/import-mappings/{kind}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a kept mapping */
        get: operations["mappings.read"];
        /** Keep a mapping under a name */
        put: operations["mappings.write"];
        post?: never;
        /** Drop a kept mapping */
        delete: operations["mappings.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import a file that was sent in, as a job
         * @description Answers 202 with the job: GET /jobs/{id} for its progress, GET /imports/{id} for counts and errors, GET /imports/{id}/errors.csv for the rows that failed, to be mended and sent again, POST /imports/{id}/undo.
         */
        post: operations["imports.start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/barcodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import barcodes from a CSV file */
        post: operations["files.import.barcodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/bundles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import bundles from a CSV file */
        post: operations["files.import.bundles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import customers from a CSV file */
        post: operations["files.import.customers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the caller may import, and its columns */
        get: operations["imports.kinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/lanes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import lanes from a CSV file */
        post: operations["files.import.lanes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import nodes from a CSV file */
        post: operations["files.import.nodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import a file of orders
         * @description The body is the CSV file, gzipped or not; or a form with the parts file and mapping, a JSON document. mapping: online-retail, shopify-orders or simple. as: history or open. See docs/import-orders.md.
         */
        post: operations["orders.import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/orders/{run}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an import said about rows, by line */
        get: operations["orders.importErrors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What would become of a file: its columns, a guessed mapping, its first rows */
        post: operations["imports.preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import products from a CSV file */
        post: operations["files.import.products"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import stock from a CSV file */
        post: operations["files.import.stock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/zones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import zones from a CSV file */
        post: operations["files.import.zones"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of an import
         * @description id is that of the job, or the runId of a file that was sent with its request.
         */
        get: operations["files.getImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/errors.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rows that failed, as a file to be mended and sent again */
        get: operations["files.getImportErrors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an import back, as a job
         * @description Row by row, the last first: what was changed since is left and said so; stock goes back by adjustments; what was made goes, or is put away when it is in use.
         */
        post: operations["imports.undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/intake-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the rules by which orders are sorted */
        get: operations["intakeRules.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/intake-rules/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a rule by which orders are sorted */
        get: operations["intakeRules.get"];
        /** Make or change a rule by which orders are sorted */
        put: operations["intakeRules.write"];
        post?: never;
        /** Remove a rule by which orders are sorted */
        delete: operations["intakeRules.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read stock by SKU and node
         * @description With sku: that SKU's stock, one object {sku, total, atp, nodes}. Without: a page of the SKUs of which some level fits node, low and query; GET /search/fields?list=stock names the fields.
         */
        get: operations["inventory.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adjust or set stock */
        post: operations["inventory.adjust"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/bins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say what lies in which bin */
        put: operations["inventory.setBins"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/grid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stock by SKU and node with all its buckets
         * @description query: the beginning of a SKU, a part of a name, or a barcode. show: low, deficit, excess, inbound, unavailable or claimed. Low is at or below the reorder level, or 0 without one; excess is above what is ordered up to. Sorted by SKU and node.
         */
        get: operations["inventory.readGrid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/holders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say who holds the stock of a SKU */
        get: operations["inventory.readHolders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/inbound": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say what is on its way from a supplier */
        put: operations["inventory.setInbound"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read every movement of a SKU */
        get: operations["inventory.readLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/levels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List and search stock, a SKU at a node each
         * @description query holds words and field:value, as docs/api/search.md says; GET /search/fields?list=stock names the fields. sort: sku.
         */
        get: operations["inventory.levels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/locate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say where a SKU lies, bin by bin */
        get: operations["inventory.locate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/moves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make units unavailable or available */
        post: operations["inventory.move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/reservations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reserve stock for a cart or checkout */
        post: operations["inventory.reserve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/reservations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a reservation */
        get: operations["inventory.getReservation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/reservations/{id}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a reservation last longer */
        post: operations["inventory.extendReservation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/reservations/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a reservation's stock back */
        post: operations["inventory.releaseReservation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/reservations/{id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move a reservation to another node */
        post: operations["inventory.transferReservation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/safety": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set safety stock */
        put: operations["inventory.setSafety"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/sales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell what a till has sold */
        post: operations["inventory.recordSale"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/{sku}/waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who waits for a SKU, in the order in which they are served */
        get: operations["inventory.listWaiting"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List jobs
         * @description Newest first; kind and state filter. One sees the jobs of the kinds one may start.
         */
        get: operations["jobs.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a job */
        get: operations["jobs.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a job
         * @description What is done stays done; it ends between two chunks.
         */
        post: operations["jobs.cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file a job made */
        get: operations["jobs.result"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try the failed rows of a job again, as a new job */
        post: operations["jobs.retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of each row of a job
         * @description state: waiting, ok, failed or skipped. Some kinds keep only the rows about which there is something to say.
         */
        get: operations["jobs.rows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a job back, as a new job
         * @description Row by row; a row that was changed since is left as it is and said so.
         */
        post: operations["jobs.undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List API keys */
        get: operations["keys.list"];
        put?: never;
        /** Make an API key; its secret is shown once */
        post: operations["keys.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key */
        delete: operations["keys.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/merchants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a merchant to the house */
        post: operations["merchants.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List nodes */
        get: operations["nodes.list"];
        put?: never;
        /** Add a node: warehouse, store, 3PL or supplier */
        post: operations["nodes.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nodes/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a node */
        get: operations["nodes.get"];
        /** Write a node */
        put: operations["nodes.replace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nodes/{code}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a node in an emergency and plan its orders anew */
        post: operations["nodes.close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nodes/{code}/closing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show how far the closing of a node has come */
        get: operations["nodes.closing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nodes/{code}/lanes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what a node's deliveries cost and take */
        get: operations["lanes.list"];
        /** Write what a node's deliveries cost and take */
        put: operations["lanes.replace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nodes/{code}/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what a node is to do now */
        get: operations["fulfilment.queue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nodes/{code}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a closed node back */
        post: operations["nodes.reopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nodes/{code}/work-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how a node takes its work */
        get: operations["fulfilment.readWorkSettings"];
        /** Set how a node takes its work */
        put: operations["fulfilment.writeWorkSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What one was told, newest first */
        get: operations["notifications.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark notifications as read */
        post: operations["notifications.read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/number-series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the number series of order types */
        get: operations["numberSeries.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/number-series/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the number series of an order type */
        get: operations["numberSeries.get"];
        /** Change the number series of an order type */
        put: operations["numberSeries.write"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List and search orders
         * @description query holds words and field:value, as docs/api/search.md says; GET /search/fields?list=orders names the fields. sort: -placedAt or shipBy. expand: plan.
         */
        get: operations["orders.list"];
        put?: never;
        /** Place an order */
        post: operations["orders.place"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do one thing to many orders, as a job
         * @description Answers 202 with the job; follow GET /jobs/{id}, and /jobs/{id}/rows?state=failed for what was refused. With dryRun: 200 with the count.
         */
        post: operations["orders.bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an order */
        get: operations["orders.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say who deals with an order */
        post: operations["orders.assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/assign-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say who deals with a hold */
        post: operations["orders.assignHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an order
         * @description 200: done. 202: a warehouse, store or 3PL has begun and was asked to stop; the order changes when it has answered.
         */
        post: operations["orders.cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/cancel-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See buyers' wishes to cancel */
        get: operations["orders.cancelRequests"];
        put?: never;
        /** Tell a buyer's wish to cancel */
        post: operations["orders.requestCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/cancel-requests/{request}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept or decline a buyer's wish to cancel */
        post: operations["orders.answerCancelRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/edit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change an order */
        post: operations["orders.edit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/edit/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** See what a change would do */
        post: operations["orders.previewEdit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record what happened to the goods of an order */
        post: operations["fulfilment.recordOrderFact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hold an order, a line or a release */
        post: operations["orders.hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Link an order to the one it came out of */
        post: operations["orders.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The notes on an order, pinned ones first */
        get: operations["orders.notes"];
        put?: never;
        /** Put a note on an order */
        post: operations["orders.note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/notes/{note}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a note; what is absent stays */
        put: operations["orders.changeNote"];
        post?: never;
        /** Take a note away; its text is erased */
        delete: operations["orders.removeNote"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an order's payments and ledger */
        get: operations["payments.list"];
        put?: never;
        /** Record a payment of an order */
        post: operations["payments.take"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/priority": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say how urgent an order is */
        post: operations["orders.prioritise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/promises": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was promised, newest version first, and why */
        get: operations["orders.promises"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Release an order to its nodes */
        post: operations["fulfilment.release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/release-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Release a hold */
        post: operations["orders.releaseHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/reorder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Repeat an order at today's prices
         * @description 201: a draft with the same goods; with place: true the order itself.
         */
        post: operations["orders.reorder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/replacement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send goods of an order again, free of charge */
        post: operations["orders.replace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move units of an order to a new one */
        post: operations["orders.split"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put tags on an order, or take them off */
        post: operations["orders.tag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened to an order, newest first, with its notes
         * @description since: only what came after that entry, such as the seq of the order as it was read before somebody else changed it.
         */
        get: operations["orders.timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/packages/{id}/track": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note a scan of a package */
        post: operations["fulfilment.track"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{id}/capture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Capture an authorisation */
        post: operations["payments.capture"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{id}/dispute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record that a payer's bank asks money back */
        post: operations["payments.dispute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{id}/reconcile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reconcile a payment whose outcome is unknown */
        post: operations["payments.reconcile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{id}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refund a payment */
        post: operations["payments.refund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{id}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Settle a pending payment */
        post: operations["payments.settle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Void what is left of an authorisation */
        post: operations["payments.void"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List and search products
         * @description query holds words and field:value, as docs/api/search.md says; GET /search/fields?list=products names the fields. sort: sku or -updatedAt.
         */
        get: operations["catalog.listProducts"];
        put?: never;
        /** Add a product */
        post: operations["catalog.createProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do one thing to many products, as a job
         * @description Answers 202 with the job, which can be undone; with dryRun 200 with the count. action: tag, untag, activate or archive.
         */
        post: operations["catalog.bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/by-barcode/{barcode}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find a product by a barcode */
        get: operations["catalog.getProductByBarcode"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a product */
        get: operations["catalog.getProduct"];
        /** Write a product */
        put: operations["catalog.replaceProduct"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{sku}/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pictures of a product, the first one first */
        get: operations["catalog.listImages"];
        put?: never;
        /**
         * Add a picture: the body is the file, at most 2 MB
         * @description PNG, JPEG, GIF or WebP, by their own bytes; SVG is refused, since it can carry script.
         */
        post: operations["catalog.addImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{sku}/variant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say what a product is a variant of, and by which options */
        put: operations["catalog.groupVariant"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/purchasing/reorder-levels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set when SKUs are bought again */
        put: operations["purchasing.setReorderLevels"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/purchasing/reorder-suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what is to be bought again */
        get: operations["purchasing.listReorders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/purchasing/reorder-suggestions/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look now what is to be bought again */
        post: operations["purchasing.refreshReorders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/purchasing/reorder-suggestions/{id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Silence a suggestion for a while */
        post: operations["purchasing.dismissSuggestion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/purchasing/reorder-suggestions/{id}/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that a suggestion was ordered */
        post: operations["purchasing.orderSuggestion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/channel-sales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Report sales by channel and day */
        get: operations["reports.channelSales"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Report how things stand */
        get: operations["reports.overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List roles and all permissions */
        get: operations["roles.list"];
        put?: never;
        /** Add a role */
        post: operations["roles.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a role */
        put: operations["roles.change"];
        post?: never;
        /** Delete a role */
        delete: operations["roles.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The fields a list can be searched by */
        get: operations["search.fields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say who is signed in, and what he may do */
        get: operations["session.read"];
        put?: never;
        /** Sign in with name and password */
        post: operations["session.open"];
        /** Sign out */
        delete: operations["session.close"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change one's own password */
        put: operations["session.changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Keep what one likes; null forgets it
         * @description The members of the body are kept, each as it is; those not named stay. GET /session shows them all.
         */
        patch: operations["session.keepPreferences"];
        trace?: never;
    };
    "/api/v1/transfers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List transfers, newest first */
        get: operations["transfers.list"];
        put?: never;
        /** Draft a transfer between nodes */
        post: operations["transfers.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a transfer with its lines */
        get: operations["transfers.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that the destination knows of a transfer */
        post: operations["transfers.acknowledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve a transfer and claim its units at the source */
        post: operations["transfers.approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a transfer that has not been sent */
        post: operations["transfers.cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a transfer off */
        post: operations["transfers.send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what became of units that did not arrive */
        post: operations["transfers.settle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a file in, to be previewed and imported
         * @description The body is the file as it is, at most 256 MiB; name is what people call it. It is kept for 30 days.
         */
        post: operations["files.upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is known of a file that was sent in */
        get: operations["files.readUpload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List users */
        get: operations["users.list"];
        put?: never;
        /** Add a user */
        post: operations["users.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a user */
        get: operations["users.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lock a user out */
        post: operations["users.disable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a user in again */
        post: operations["users.enable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Give a user another password */
        put: operations["users.setPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Give a user roles and nodes */
        put: operations["users.assign"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's own views and the shared ones
         * @description With counts=true each says how many it finds, exact to 10,000.
         */
        get: operations["views.list"];
        put?: never;
        /** Keep a view */
        post: operations["views.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replace one's own view */
        put: operations["views.replace"];
        post?: never;
        /** Drop one's own view */
        delete: operations["views.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Webhooks, oldest first */
        get: operations["webhooks.list"];
        put?: never;
        /** Make a webhook; its secret is shown once */
        post: operations["webhooks.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One webhook, with what it is failing with */
        get: operations["webhooks.get"];
        /** Change a webhook, pause it or let it go on */
        put: operations["webhooks.change"];
        post?: never;
        /** Delete a webhook with its deliveries */
        delete: operations["webhooks.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was sent to a webhook, newest first */
        get: operations["webhooks.deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/deliveries/{event}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One delivery with every try */
        get: operations["webhooks.delivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/deliveries/{event}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send one delivery again */
        post: operations["webhooks.resend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turn a webhook on again; what waited is sent or discarded */
        post: operations["webhooks.enable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send what failed since an instant again */
        post: operations["webhooks.resendSince"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a new secret; it is shown once */
        post: operations["webhooks.rotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/secrets/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Let a secret sign no more */
        delete: operations["webhooks.retireSecret"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test message and see what the receiver answers */
        post: operations["webhooks.test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List delivery zones */
        get: operations["zones.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zones/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a delivery zone */
        get: operations["zones.get"];
        /** Write a delivery zone */
        put: operations["zones.write"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say that the process runs */
        get: operations["health.live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say whether it can serve, part by part */
        get: operations["health.ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the figures for monitoring */
        get: operations["metrics.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a problem's code means */
        get: operations["problems.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Address: {
            name?: null | string;
            line1?: null | string;
            line2?: null | string;
            city?: null | string;
            region?: null | string;
        };
        AdjustStockAdjusted: {
            sku: string;
            node: string;
            outcome: components["schemas"]["AdjustStockOutcome"];
            /**
             * Format: int64
             * @description Units by which the bucket changed.
             */
            delta: number;
            /** Format: int64 */
            onHand: number;
            /** Format: int64 */
            unavailable: number;
            /** Format: int64 */
            available: number;
            /** @description For an ignored item: what it contradicts. */
            ignoredBecause: null | string;
        };
        /** @enum {string} */
        AdjustStockAdjustedBucket: "onHand" | "unavailable";
        AdjustStockItem: {
            sku?: null | string;
            node?: null | string;
            /** Format: int64 */
            delta?: null | number;
            /** Format: int64 */
            setTo?: null | number;
            bucket?: null | components["schemas"]["AdjustStockAdjustedBucket"];
            /** @description When it happened or was counted; now when not said. */
            asOf?: null | string;
            reason?: null | string;
        };
        /** @enum {string} */
        AdjustStockOutcome: "applied" | "unchanged" | "ignored";
        AdjustStockRequest: {
            items?: null | components["schemas"]["AdjustStockItem"][];
            reference?: null | string;
        };
        AdjustStockResponse: {
            object: string;
            id: string;
            reference: null | string;
            items: components["schemas"]["AdjustStockAdjusted"][];
        };
        AllocationView: {
            node: string;
            /** Format: int64 */
            quantity: number;
        };
        ArriveRequest: {
            /** @description Numbers; all that are under way, when left out. */
            packages?: null | number[];
            /**
             * Format: date-time
             * @description When it happened; now, when left out.
             */
            at?: null | string;
            reason?: null | string;
        };
        AssignHoldRequest: {
            /** Format: int32 */
            hold: number;
            /** @description A user, a role or the name of a queue; null for nobody. */
            owner?: null | string;
        };
        AssignOrderRequest: {
            /** @description The name of a user; null for nobody. */
            assignee?: null | string;
        };
        /** @description What a person can do about it: a sentence and the call that does it. */
        AttentionAction: {
            text: string;
            /** @description The operation's id in the API's description. */
            operation: string;
            method: string;
            path: string;
            /** @description The call's body, as far as it can be told. */
            body: unknown;
        };
        /** @description Something that waits for a person. */
        AttentionItem: {
            object: string;
            source: string;
            kind: string;
            detail: string;
            /**
             * Format: date-time
             * @description Since when.
             */
            since: string;
            owner: null | string;
            isOverdue: boolean;
            order: null | components["schemas"]["OrderId"];
            orderNumber: null | string;
            /** Format: int32 */
            line: null | number;
            node: null | string;
            /** @description The first is what one does mostly. */
            actions: components["schemas"]["AttentionAction"][];
        };
        BarcodeBody: {
            barcode?: null | string;
            /**
             * Format: int64
             * @default 1
             */
            packQuantity: number;
        };
        BarcodeView: {
            barcode: string;
            kind: string;
            /** Format: int64 */
            packQuantity: number;
        };
        BlockCustomerRequest: {
            reason?: null | string;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        BlockPeoplePageOfResponse: {
            data: components["schemas"]["BlockPeopleResponse"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One of email, phone (with the country it is read by) or postcode and line1. */
        BlockPeopleRequest: {
            email?: null | string;
            phone?: null | string;
            country?: null | string;
            postcode?: null | string;
            line1?: null | string;
            reason?: null | string;
        };
        BlockPeopleResponse: {
            object: string;
            id: string;
            kind: string;
            key: string;
            reason: string;
            /** Format: date-time */
            at: string;
            actor: string;
        };
        /** @description What an action on many orders needs besides the orders. */
        BulkArguments: {
            /** @description For tag and untag. */
            tags?: null | string[];
            /** @description For hold, releaseHold and cancel. */
            reason?: null | string;
            /** @description Of the hold, for hold and releaseHold. */
            kind?: null | string;
            /**
             * Format: int32
             * @description For priority: from -1000 to 1000; higher goes first.
             */
            priority?: null | number;
            /** @description For export: the columns of the file; all when left out. */
            columns?: null | string[];
            /** @description For export: csv (the default) or ndjson. */
            format?: null | string;
            /** @description For assign: the name of a user; null for nobody. */
            assignee?: null | string;
        };
        BulkOrdersDryRun: {
            action: string;
            /** Format: int64 */
            count: number;
            /** @description False when there are more than 10,000. */
            isExact: boolean;
            isDryRun: boolean;
        };
        BulkOrdersRequest: {
            /**
             * @description tag, untag, priority, hold, releaseHold, cancel, assign or export.
             * @enum {null|string}
             */
            action?: "tag" | "untag" | "hold" | "releaseHold" | "cancel" | null;
            /** @description The orders; or else a query. */
            ids?: null | string[];
            /** @description All orders it finds at this moment, as in the list. */
            query?: null | string;
            arguments?: null | components["schemas"]["BulkArguments"];
            /** @description Only say how many orders it would be. */
            dryRun?: null | boolean;
        };
        BulkProductArguments: {
            /** @description For tag and untag. */
            tags?: null | string[];
        };
        BulkProductsDryRun: {
            action: string;
            /** Format: int64 */
            count: number;
            /** @description False when there are more than 10,000. */
            isExact: boolean;
            isDryRun: boolean;
        };
        BulkProductsRequest: {
            /** @description tag, untag, activate or archive. */
            action?: null | string;
            /** @description The products; or else a query. */
            skus?: null | string[];
            /** @description All products it finds at this moment, as in the list. */
            query?: null | string;
            arguments?: null | components["schemas"]["BulkProductArguments"];
            /** @description Only say how many products it would be. */
            dryRun?: null | boolean;
        };
        CancelOrderLineUnits: {
            /** Format: int32 */
            line: number;
            /**
             * Format: int64
             * @description Units to cancel.
             */
            quantity: number;
        };
        CancelOrderRequest: {
            reason?: null | string;
            /** @description Only these units; all of the order when absent. */
            lines?: null | components["schemas"]["CancelOrderLineUnits"][];
            /** @description Of an order part of which has left: cancel what is still here. */
            remaining?: null | boolean;
        };
        CancelRequestsAnswerRequest: {
            /**
             * @description accept or decline.
             * @enum {null|string}
             */
            answer?: "accept" | "decline" | null;
            reason?: null | string;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        CancelRequestsPageOfView: {
            data: components["schemas"]["CancelRequestsView"][];
            next: null | string;
            hasMore: boolean;
        };
        CancelRequestsRequest: {
            /** @description The channel's own id of the wish; the same one again changes nothing. */
            externalId?: null | string;
            reason?: null | string;
            lines?: null | components["schemas"]["CancelOrderLineUnits"][];
        };
        CancelRequestsView: {
            object: string;
            order: components["schemas"]["OrderId"];
            /** Format: int32 */
            request: number;
            externalId: string;
            /** @enum {string} */
            state: "open" | "accepted" | "declined";
            reason: null | string;
            lines: null | components["schemas"]["CancelOrderLineUnits"][];
            answer: null | string;
            answeredBy: null | string;
            /** Format: date-time */
            openedAt: string;
            /** Format: date-time */
            answeredAt: null | string;
        };
        CapturePaymentRequest: {
            /**
             * Format: int64
             * @description When left out, all that is left of the authorisation.
             */
            amountMinor?: null | number;
            reference?: null | string;
            allowOver?: null | boolean;
        };
        CapturePaymentVoidRequest: {
            reason?: null | string;
        };
        ChangeDraftAbandonRequest: {
            reason?: null | string;
        };
        ChangeDraftQuoteRequest: {
            /**
             * Format: date-time
             * @description Until then the customer may accept; the prices are kept as they are now.
             */
            validUntil?: null | string;
        };
        ChangeDraftReserveRequest: {
            /**
             * Format: int64
             * @description From now; until then the stock is kept.
             */
            ttlSeconds: number;
        };
        ChangeOwnPasswordRequest: {
            present?: null | string;
            wanted?: null | string;
        };
        ChangeReservationExtendRequest: {
            /**
             * Format: int64
             * @description From now; as long as it was made for when not said.
             */
            ttlSeconds?: null | number;
        };
        ChangeUserPasswordRequest: {
            password?: null | string;
        };
        ChangeUserRolesRequest: {
            roles?: null | string[];
            nodes?: null | string[];
        };
        ChannelCustomerId: {
            channel?: null | string;
            id?: null | string;
        };
        CheckAvailabilityItem: {
            sku?: null | string;
            /** Format: int64 */
            quantity?: null | number;
        };
        CheckAvailabilityItemAnswer: {
            sku: string;
            /** Format: int64 */
            quantity: number;
            /**
             * Format: int64
             * @description Units that may be promised to that place now.
             */
            available: number;
            /**
             * Format: date-time
             * @description From when the quantity asked for can be promised; null when not as far as is known.
             */
            earliest: null | string;
        };
        CheckAvailabilityPlace: {
            country?: null | string;
            postcode?: null | string;
        };
        CheckAvailabilityRequest: {
            items?: null | components["schemas"]["CheckAvailabilityItem"][];
            destination?: null | components["schemas"]["CheckAvailabilityPlace"];
            methods?: null | string[];
            channel?: null | string;
        };
        CheckAvailabilityResponse: {
            object: string;
            /** @description Ways to send everything now, cheapest first; none when something is short. */
            options: components["schemas"]["DeliveryOption"][];
            items: components["schemas"]["CheckAvailabilityItemAnswer"][];
        };
        CloseDeliveryRequest: {
            /** @description Does what is short come with another delivery? Then it stays inbound and is no difference. No when not said. */
            restIsComing?: null | boolean;
        };
        CloseNodeRequest: {
            reason?: null | string;
            /** @description When it opens again by itself; by hand when not said. */
            until?: null | string;
        };
        Component: {
            sku: string;
            /** Format: int64 */
            quantity: number;
        };
        ComponentBody: {
            sku?: null | string;
            /**
             * Format: int64
             * @default 1
             */
            quantity: number;
        };
        ConsentView: {
            purpose: string;
            /** @description email, sms, phone, post or another way of reaching somebody. */
            channel: string;
            isGiven: boolean;
            source: string;
            /** Format: date-time */
            at: string;
        };
        /** @description A count as it is shown. */
        CountView: {
            object: string;
            /** Format: int64 */
            id: number;
            sku: string;
            node: string;
            /** @enum {string} */
            state: "open" | "done";
            reason: string;
            /**
             * Format: int64
             * @description Units unavailable until it is counted.
             */
            pending: number;
            /**
             * Format: int64
             * @description How often it was asked for while open.
             */
            seen: number;
            wantedBy: string;
            /** Format: date-time */
            openedAt: string;
            /** Format: int64 */
            counted: null | number;
            /** Format: date-time */
            asOf: null | string;
            /**
             * Format: int64
             * @description Units by which the books were wrong: found more (above 0) or fewer.
             */
            variance: null | number;
            doneBy: null | string;
            /** Format: date-time */
            doneAt: null | string;
        };
        CreateMerchantRequest: {
            code?: null | string;
            name?: null | string;
            baseCurrency?: null | string;
        };
        CreateMerchantResponse: {
            object: string;
            code: string;
            name: string;
            baseCurrency: string;
            keyId: string;
            /** @description The key of the merchant's first administrator; shown only here. */
            key: null | string;
        };
        CreateTransferLine: {
            sku?: null | string;
            /** Format: int64 */
            quantity?: null | number;
        };
        CreateTransferRequest: {
            from?: null | string;
            to?: null | string;
            lines?: null | components["schemas"]["CreateTransferLine"][];
            /** @description When it arrives; what is on its way is promised only when that is known. */
            dueAt?: null | string;
            reference?: null | string;
            note?: null | string;
        };
        CreateUserRequest: {
            userName?: null | string;
            displayName?: null | string;
            email?: null | string;
            password?: null | string;
            roles?: null | string[];
            nodes?: null | string[];
        };
        CreditTerms: {
            currency?: null | string;
            /**
             * Format: int64
             * @description The most that may be due at once.
             */
            limitMinor?: null | number;
            /**
             * Format: int32
             * @description Days until an invoice is due.
             */
            termsDays?: null | number;
        };
        CreditView: {
            currency: string;
            /** Format: int64 */
            limitMinor: number;
            /** Format: int32 */
            termsDays: null | number;
            /**
             * Format: int64
             * @description Ordered on account and not paid yet.
             */
            dueMinor: number;
            /**
             * Format: int64
             * @description What may still be ordered on account; below zero when the limit was lowered or passed over.
             */
            openMinor: number;
        };
        CustomerAddress: {
            /** @description What the place is called: home, head office, site 7. */
            label?: null | string;
            /** @description shipping, billing, or null for both. */
            use?: null | string;
            name?: null | string;
            company?: null | string;
            line1?: null | string;
            line2?: null | string;
            city?: null | string;
            region?: null | string;
            postcode?: null | string;
            country?: null | string;
            phone?: null | string;
        };
        /** @description What is said of a customer when one is made or changed. A PUT says all of it. */
        CustomerBody: {
            /** @description person (the default) or company. */
            kind?: null | string;
            name?: null | string;
            email?: null | string;
            phone?: null | string;
            /** @description Further addresses the same customer orders with. Null leaves those that are known. */
            otherEmails?: null | string[];
            /** @description What channels call him. Null leaves those that are known. */
            externalIds?: null | components["schemas"]["ChannelCustomerId"][];
            addresses?: null | components["schemas"]["CustomerAddress"][];
            contacts?: null | components["schemas"]["CustomerContact"][];
            credit?: null | components["schemas"]["CreditTerms"];
            vatNumber?: null | string;
            language?: null | string;
            tags?: null | string[];
            metadata?: null | {
                [key: string]: string;
            };
            /** @description The country by which a telephone number without a country's code is read: that of the first address. */
            readonly country?: null | string;
        };
        /** @description Somebody to speak to at a company. */
        CustomerContact: {
            name?: null | string;
            role?: null | string;
            email?: null | string;
            phone?: null | string;
        };
        /** @description What the customer has ordered, over all channels. */
        CustomerHistory: {
            /**
             * Format: int64
             * @description Placed ones, cancelled ones among them.
             */
            orders: number;
            /** Format: int64 */
            cancelled: number;
            /**
             * Format: int64
             * @description Units that came back.
             */
            returned: number;
            /** Format: date-time */
            firstOrderAt: null | string;
            /** Format: date-time */
            lastOrderAt: null | string;
            value: components["schemas"]["CustomerValue"][];
            newest: components["schemas"]["CustomerOrder"][];
        };
        /** @description A customer's id, `cus_…`. */
        CustomerId: string;
        CustomerOrder: {
            id: components["schemas"]["OrderId"];
            number: string;
            channel: string;
            /** @enum {string} */
            state: "draft" | "placed" | "confirmed" | "closed" | "cancelled" | "expired";
            currency: string;
            /** Format: int64 */
            totalMinor: number;
            /** Format: date-time */
            placedAt: string;
        };
        CustomerValue: {
            currency: string;
            /** Format: int64 */
            orders: number;
            /**
             * Format: int64
             * @description Of orders that were not cancelled and did not expire.
             */
            totalMinor: number;
            /** Format: int64 */
            refundedMinor: number;
        };
        /** @description A customer as the API shows it. Lists are bounded; orders, notes and consents have lists of their own. */
        CustomerView: {
            /** @enum {string} */
            object: "customer";
            id: components["schemas"]["CustomerId"];
            /** @enum {string} */
            kind: "person" | "company";
            name: null | string;
            email: null | string;
            /** @description The email is a marketplace's, which passes mail on until it expires. */
            isRelay: boolean;
            phone: null | string;
            otherEmails: string[];
            externalIds: components["schemas"]["ChannelCustomerId"][];
            relayAddresses: components["schemas"]["RelayAddress"][];
            addresses: components["schemas"]["CustomerAddress"][];
            contacts: components["schemas"]["CustomerContact"][];
            credit: null | components["schemas"]["CreditView"];
            vatNumber: null | string;
            language: null | string;
            tags: string[];
            /** @description Why orders of this customer are looked at first; null when they are not. */
            blockedReason: null | string;
            mergedInto: null | components["schemas"]["CustomerId"];
            /** @description Customers that were merged into this one; their orders and identities count as its own. */
            merged: unknown[];
            consents: components["schemas"]["ConsentView"][];
            history: null | components["schemas"]["CustomerHistory"];
            metadata: null | {
                [key: string]: string;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: int64 */
            version: number;
        };
        DecideReorderDismissed: {
            /**
             * Format: date-time
             * @description No suggestion for this SKU and node before.
             */
            quietUntil?: null | string;
        };
        DecideReorderOrdered: {
            /** @description Of the order to the supplier; the units are inbound under it. */
            reference?: null | string;
            /** Format: date-time */
            dueAt?: null | string;
            /**
             * Format: int64
             * @description What was ordered in fact; the suggested quantity when not said.
             */
            quantity?: null | number;
        };
        /** @description A delivery's id, `dlv_…`. */
        DeliveryId: string;
        /** @description A line of a delivery as it is shown. */
        DeliveryLineView: {
            sku: string;
            /** Format: int64 */
            expected: number;
            /** Format: int64 */
            good: number;
            /** Format: int64 */
            damaged: number;
            /** Format: int64 */
            received: number;
            /**
             * Format: int64
             * @description Units still to come.
             */
            open: number;
            /**
             * Format: int64
             * @description Units that came although nobody expected them.
             */
            over: number;
            /** @description In words; null when all came as expected. An open line is short until the delivery is closed. */
            difference: null | string;
        };
        /** @description One way to send everything that was asked for. */
        DeliveryOption: {
            method: string;
            /** Format: date */
            shipBy: string;
            /** Format: date */
            deliverBy: string;
            /**
             * Format: int64
             * @description What it costs the shop, minor units of its base currency.
             */
            costMinor: number;
            currency: string;
            shipments: components["schemas"]["OptionShipment"][];
            /**
             * Format: date-time
             * @description The instants that an order placed now would be told.
             */
            shipByAt: string;
            /**
             * Format: date-time
             * @description The instants that an order placed now would be told.
             */
            deliverByAt: string;
        };
        /**
         * @description The states of a delivery. Names are stored in lower case.
         * @enum {string}
         */
        DeliveryState: "open" | "closed" | "cancelled";
        /** @description A delivery in a list, with the sums of its lines. */
        DeliverySummary: {
            id: components["schemas"]["DeliveryId"];
            node: string;
            reference: null | string;
            supplier: null | string;
            transfer: null | components["schemas"]["TransferId"];
            isBlind: boolean;
            state: components["schemas"]["DeliveryState"];
            /** Format: date-time */
            openedAt: string;
            /** Format: date-time */
            closedAt: null | string;
            /** Format: int64 */
            expected: number;
            /** Format: int64 */
            received: number;
        };
        /** @description A delivery as it is shown, with its lines. */
        DeliveryView: {
            object: string;
            id: components["schemas"]["DeliveryId"];
            node: string;
            reference: null | string;
            supplier: null | string;
            transfer: null | components["schemas"]["TransferId"];
            isBlind: boolean;
            state: components["schemas"]["DeliveryState"];
            openedBy: string;
            /** Format: date-time */
            openedAt: string;
            closedBy: null | string;
            /** Format: date-time */
            closedAt: null | string;
            lines: components["schemas"]["DeliveryLineView"][];
        };
        /** @description Nothing to say beyond that it worked. */
        Done: Record<string, never>;
        /** @description A draft's id, `drf_…`. The order that is made of it has the same UUID under `ord_`. */
        DraftId: string;
        /** @description A line of a draft with what it costs now. */
        DraftLine: {
            /** Format: int32 */
            line: number;
            sku: string;
            name: null | string;
            /** Format: int64 */
            quantity: number;
            /**
             * Format: int64
             * @description As it was said; null: it follows the list until the draft is quoted.
             */
            unitPriceMinor: null | number;
            /**
             * Format: int64
             * @description What a unit costs; null while nobody knows.
             */
            priceMinor: null | number;
            /**
             * Format: int64
             * @description The list price today.
             */
            listPriceMinor: null | number;
            /** Format: int64 */
            discountMinor: null | number;
            /** Format: double */
            taxRate: null | number;
            /** Format: int64 */
            taxMinor: null | number;
            /** Format: int64 */
            totalMinor: number;
            /** @description There is no such product any more, or it is not sold. */
            isGone: boolean;
            metadata: null | {
                [key: string]: string;
            };
        };
        /** @description Where a draft comes from: goods to be sent for those that came back (exchange), or an order repeated (reorder). */
        DraftOrigin: {
            order: components["schemas"]["OrderId"];
            kind: string;
        };
        /** @description Stock that is kept for a draft for a while. */
        DraftReservation: {
            id: components["schemas"]["ReservationId"];
            /** @description active, expired, released or converted. */
            state: components["schemas"]["ReservationState"];
            /** Format: date-time */
            expiresAt: string;
        };
        /** @description A draft in a list, with what it came to when it was saved. */
        DraftSummary: {
            /** @enum {string} */
            object: "draft";
            id: components["schemas"]["DraftId"];
            number: string;
            type: string;
            state: string;
            channel: string;
            currency: string;
            customerName: null | string;
            customerEmail: null | string;
            customerId: null | components["schemas"]["CustomerId"];
            /** Format: int32 */
            lines: number;
            /** Format: int64 */
            totalMinor: number;
            tags: string[];
            /** Format: date-time */
            validUntil: null | string;
            order: null | components["schemas"]["OrderId"];
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: int64 */
            version: number;
        };
        /** @description A draft as it is read, with what it would cost today. Amounts are minor units of `currency`. */
        DraftView: {
            /** @enum {string} */
            object: "draft";
            id: components["schemas"]["DraftId"];
            number: string;
            type: string;
            /** @description draft, quoted, expired, accepted, placed or abandoned. */
            state: string;
            channel: string;
            currency: string;
            pricesIncludeTax: boolean;
            customer: null | components["schemas"]["PlaceOrderCustomer"];
            shippingAddress: null | components["schemas"]["PlaceOrderAddress"];
            billingAddress: null | components["schemas"]["PlaceOrderAddress"];
            method: null | string;
            lines: components["schemas"]["DraftLine"][];
            charges: components["schemas"]["PlaceOrderCharge"][];
            /**
             * Format: int64
             * @description Off the whole order, as it was said.
             */
            discountMinor: null | number;
            /** Format: int64 */
            goodsMinor: number;
            /**
             * Format: int64
             * @description That and the discounts of the lines.
             */
            discountsMinor: number;
            /** Format: int64 */
            chargesMinor: number;
            /** Format: int64 */
            taxMinor: number;
            /** Format: int64 */
            totalMinor: number;
            sourceReference: null | string;
            metadata: null | {
                [key: string]: string;
            };
            note: null | string;
            tags: string[];
            /** Format: date-time */
            validUntil: null | string;
            reservation: null | components["schemas"]["DraftReservation"];
            origin: null | components["schemas"]["DraftOrigin"];
            order: null | components["schemas"]["OrderId"];
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: int64 */
            version: number;
        };
        EditOrderChargeWish: {
            /**
             * Format: int32
             * @description The charge's line to change or remove; absent to add one by its code.
             */
            line?: null | number;
            code?: null | string;
            name?: null | string;
            /** Format: int64 */
            amountMinor?: null | number;
            /** Format: double */
            taxRate?: null | number;
            remove?: null | boolean;
        };
        EditOrderContact: {
            name?: null | string;
            email?: null | string;
            phone?: null | string;
        };
        EditOrderLineWish: {
            /** Format: int32 */
            line: number;
            /**
             * Format: int64
             * @description Units wanted from now on, those already cancelled not counted.
             */
            quantity?: null | number;
            remove?: null | boolean;
            /** Format: int64 */
            unitPriceMinor?: null | number;
            /**
             * Format: int64
             * @description Over all units wanted.
             */
            discountMinor?: null | number;
        };
        EditOrderRequest: {
            /**
             * Format: int64
             * @description The version the wishes are about; or send it as If-Match. Without either the order is changed as it is.
             */
            version?: null | number;
            shippingAddress?: null | components["schemas"]["PlaceOrderAddress"];
            billingAddress?: null | components["schemas"]["PlaceOrderAddress"];
            method?: null | string;
            customer?: null | components["schemas"]["EditOrderContact"];
            /** @description Takes the place of what was there. */
            metadata?: null | {
                [key: string]: string;
            };
            /** Format: int32 */
            priority?: null | number;
            lines?: null | components["schemas"]["EditOrderLineWish"][];
            add?: null | components["schemas"]["PlaceOrderLine"][];
            charges?: null | components["schemas"]["EditOrderChargeWish"][];
            /**
             * Format: int64
             * @description A further discount on the whole order, spread over its goods.
             */
            discountMinor?: null | number;
            /** @enum {null|string} */
            onShort?: "refuse" | "hold" | "backorder" | null;
            /** @description Cancels the order; stands alone. */
            cancelAll?: null | boolean;
            reason?: null | string;
        };
        EditOrderResponse: {
            object: string;
            difference: components["schemas"]["OrderDifference"];
            order: null | components["schemas"]["OrderView"];
        };
        EnableWebhookRequest: {
            /**
             * @description Forget what has gathered, rather than send all of it.
             * @default false
             */
            discardWaiting: boolean;
        };
        EnterCountRequest: {
            /**
             * Format: int64
             * @description Units on the shelf, whatever their condition.
             */
            quantity?: null | number;
            /** @description When it was counted; now when not said. What moved since is kept. */
            asOf?: null | string;
        };
        /** @description An entry as callers see it. */
        EventView: {
            object: string;
            id: string;
            /** Format: int64 */
            position: number;
            kind: string;
            /** Format: int32 */
            schemaVersion: number;
            aggregateKind: string;
            aggregateId: string;
            /** Format: int64 */
            seq: number;
            actor: string;
            reason: null | string;
            /** Format: date-time */
            at: string;
            payload: components["schemas"]["JsonElement"];
            previousHash: string;
            hash: string;
        };
        /** @description One fault of one field. */
        FieldError: {
            /** @description JSON pointer (RFC 6901) into the request body, or `#name` for a query or header value. */
            pointer: string;
            /** @description Stable code. */
            code: string;
            /** @description A sentence a shop worker understands. */
            detail: string;
        };
        /** @description A fulfilment order's (release's) id, `ful_…`. */
        FulfilmentId: string;
        /** @description Units of one order line; the counts sum to the quantity. */
        FulfilmentLineView: {
            /** Format: int32 */
            line: number;
            sku: string;
            name: null | string;
            /** Format: int64 */
            quantity: number;
            /** Format: int64 */
            open: number;
            /** Format: int64 */
            picked: number;
            /** Format: int64 */
            packed: number;
            /** Format: int64 */
            shipped: number;
            /** Format: int64 */
            short: number;
            /** Format: int64 */
            rejected: number;
            /** Format: int64 */
            cancelled: number;
        };
        /** @description A release (fulfilment order): work given to one node for some units of one order. */
        FulfilmentView: {
            /** @enum {string} */
            object: "fulfilment";
            id: components["schemas"]["FulfilmentId"];
            number: string;
            order: components["schemas"]["OrderId"];
            orderNumber: string;
            node: string;
            method: null | string;
            /**
             * @description planned, scheduled, offered, accepted, picking, picked, packed, readyForPickup, handedOver, delivered, lost, sentBack, rejected, short, stopAsked, cancelled.
             * @enum {string}
             */
            state: "planned" | "scheduled" | "offered" | "accepted" | "picking" | "picked" | "packed" | "readyForPickup" | "handedOver" | "delivered" | "lost" | "sentBack" | "rejected" | "short" | "stopAsked" | "cancelled";
            /** @description Somebody wants the work stopped: put the goods back. */
            mustStop: boolean;
            /** @description A hold on the order or this release stops it. */
            isHeld: boolean;
            /** Format: int32 */
            priority: number;
            /** Format: date-time */
            shipBy: null | string;
            /** Format: date-time */
            deliverBy: null | string;
            /** Format: date-time */
            fulfilAt: null | string;
            /** Format: date-time */
            offeredAt: null | string;
            /**
             * Format: date-time
             * @description The node accepts or rejects by then; later it is reminded and then passed over.
             */
            answerBy: null | string;
            /** Format: date-time */
            remindedAt: null | string;
            /**
             * Format: int32
             * @description How many nodes were given these units, this one included.
             */
            attempts: number;
            from: null | components["schemas"]["FulfilmentId"];
            reason: null | string;
            stopReason: null | string;
            /** Format: date-time */
            stopAskedAt: null | string;
            /** Format: date-time */
            handedOverAt: null | string;
            lines: components["schemas"]["FulfilmentLineView"][];
            packages: components["schemas"]["PackageView"][];
            shipments: components["schemas"]["ShipmentView"][];
            putBacks: components["schemas"]["PutBackView"][];
            holds: components["schemas"]["ReleaseHoldView"][];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: int64 */
            version: number;
        };
        /** @enum {string} */
        GoodsCondition: "good" | "damaged";
        GroupVariantsRequest: {
            /** @description What the variants share, such as a style's code; null takes the product out. */
            group?: null | string;
            /** @description What tells them apart: colour, size and the like. */
            options?: null | {
                [key: string]: string;
            };
        };
        HandOverPackageBody: {
            /**
             * Format: int32
             * @description Its number.
             */
            package?: null | number;
            tracking?: null | string;
            /** Format: int64 */
            weightGrams?: null | number;
        };
        HandOverRequest: {
            carrier?: null | string;
            service?: null | string;
            tracking?: null | string;
            /** @description Which leave; all that are labelled, when left out. */
            packages?: null | components["schemas"]["HandOverPackageBody"][];
        };
        HealthPart: {
            name: string;
            isFine: boolean;
            warning: null | string;
        };
        HealthReadiness: {
            isReady: boolean;
            version: string;
            parts: components["schemas"]["HealthPart"][];
        };
        /** @description Who has a claim on stock. */
        Holder: {
            /**
             * @description allocation (of an order), reservation, or transfer that is about to be sent.
             * @enum {string}
             */
            kind: "allocation" | "reservation" | "transfer";
            sku: string;
            node: string;
            /** Format: int64 */
            quantity: number;
            orderId: null | components["schemas"]["OrderId"];
            orderNumber: null | string;
            /** Format: int32 */
            line: null | number;
            reservationId: null | components["schemas"]["ReservationId"];
            /** @description Whom a reservation is for, as its maker called it. */
            owner: null | string;
            /** Format: date-time */
            since: string;
            /**
             * Format: date-time
             * @description When the claim ends by itself; null when it does not.
             */
            expiresAt: null | string;
            transferId: null | string;
        };
        HoldOrderRequest: {
            reason: string;
            /**
             * @description manual when absent; or customer, fraud, address, documents.
             * @enum {null|string}
             */
            kind?: "manual" | "customer" | "fraud" | "address" | "documents" | null;
            /** Format: int32 */
            line?: null | number;
            /**
             * Format: uuid
             * @description The id of the release it stops; the rest of the order goes on.
             */
            fulfilment?: null | string;
            /**
             * Format: date-time
             * @description The hold opens by itself then.
             */
            expiresAt?: null | string;
            /**
             * Format: date-time
             * @description From then on it is shown as overdue.
             */
            escalateAt?: null | string;
            /** @description Who deals with it: a user, a role or the name of a queue. Absent: whoever holds it. */
            owner?: null | string;
        };
        HoldReleaseEndRequest: {
            /**
             * Format: int32
             * @description The hold's number.
             */
            hold?: null | number;
            reason?: null | string;
        };
        HoldReleaseRequest: {
            reason?: null | string;
            /** @description What kind of hold, for instance manual, customs, quality; manual when left out. */
            kind?: null | string;
        };
        /** @description What a rule of some kind needs beyond its conditions; members of other kinds are left out. */
        HoldSettings: {
            /** @description address: only look whether street, town and country are there. */
            ignorePostcode?: null | boolean;
            /** @description address: parcels do not go to post-office boxes. */
            refusePostBoxes?: null | boolean;
            /**
             * Format: double
             * @description price_off_list: prices may differ by this part of the list price.
             */
            tolerancePercent?: null | number;
            /**
             * Format: int64
             * @description price_off_list: or by this amount, minor units of the order's currency.
             */
            toleranceMinor?: null | number;
            /** @description price_off_list: prices above the list are fine. */
            onlyBelow?: null | boolean;
            /**
             * Format: int32
             * @description duplicate: how long after the first order a second is doubted.
             */
            withinMinutes?: null | number;
            /**
             * Format: int32
             * @description risk: a score above it holds the order.
             */
            limit?: null | number;
            signals?: null | components["schemas"]["RiskSignal"][];
            /** @description blacklist: addresses, or `@domain`. Beside the list of blocked people. */
            emails?: null | string[];
            /** @description blacklist: telephone numbers. */
            phones?: null | string[];
            /** @description blacklist: delivery postcodes. */
            postcodes?: null | string[];
        };
        /** @description A named reason that stops the order or a line. */
        HoldView: {
            /** Format: int32 */
            hold: number;
            kind: string;
            reason: string;
            /** Format: int32 */
            line: null | number;
            /** @enum {string} */
            state: "open" | "released" | "expired";
            owner: null | string;
            /** Format: date-time */
            openedAt: string;
            /** Format: date-time */
            expiresAt: null | string;
            /** Format: date-time */
            closedAt: null | string;
            closedBy: null | string;
            closeReason: null | string;
            /**
             * Format: uuid
             * @description The release it stops; null when it stops the order or a line.
             */
            fulfilment: null | string;
            /** @description The rule that made it; null when a person or the stock did. */
            rule: null | string;
            /** @description What whoever releases it needs beyond orders:write. */
            permission: null | string;
            /**
             * Format: date-time
             * @description From then on it is overdue.
             */
            escalateAt: null | string;
            /**
             * Format: date-time
             * @description When it was seen to be overdue.
             */
            escalatedAt: null | string;
            otherOrder: null | components["schemas"]["OrderId"];
            /** @description The signals of a risk score. */
            explanation: components["schemas"]["JsonNode"];
        };
        /** @description A picture's id, `img_…`. */
        ImageId: string;
        /** @description A picture of a product. */
        ImageView: {
            id: components["schemas"]["ImageId"];
            /** @description Where it is served, to those who may see products. What is there never changes. */
            url: string;
            contentType: string;
            /** Format: int32 */
            width: number;
            /** Format: int32 */
            height: number;
            /** @description What it shows, for whoever does not see it. */
            alt: string;
        };
        /** @description What became of a file so far. Kept with the run, so that a run that goes on counts on. */
        ImportCounts: {
            /** Format: int64 */
            rows: number;
            /**
             * Format: int64
             * @description Orders written, or for a dry run those that would be.
             */
            orders: number;
            /** Format: int64 */
            ordersWithoutGoods: number;
            /**
             * Format: int64
             * @description Orders that were there before with equal content; nothing was changed.
             */
            ordersKnown: number;
            /**
             * Format: int64
             * @description Open orders of which the same file takes everything back; they were not placed.
             */
            ordersCancelled: number;
            /** Format: int64 */
            goodsLines: number;
            /** Format: int64 */
            chargeLines: number;
            /** Format: int64 */
            units: number;
            /** Format: int64 */
            goodsMinor: number;
            /** Format: int64 */
            discountMinor: number;
            /** Format: int64 */
            chargesMinor: number;
            /** Format: int64 */
            totalMinor: number;
            /** Format: int64 */
            productsCreated: number;
            charges: {
                [key: string]: components["schemas"]["ImportCountsCharged"];
            };
            returns: components["schemas"]["ImportCountsGivenBack"];
            /** @description Orders by what had become of them, in the word of the system they come from. */
            statuses: {
                [key: string]: number;
            };
            /** @description Payments and refunds by tender, such as `sale credit_card`. */
            payments: {
                [key: string]: components["schemas"]["ImportCountsCharged"];
            };
            /**
             * Format: int64
             * @description Orders with a date of leaving, and with one of arriving.
             */
            ordersShipped: number;
            /** Format: int64 */
            ordersDelivered: number;
            /**
             * Format: int64
             * @description Rows of which something was not taken, each once.
             */
            errorRows: number;
            errors: {
                [key: string]: number;
            };
            warnings: {
                [key: string]: number;
            };
        };
        ImportCountsCharged: {
            /** Format: int64 */
            lines: number;
            /** Format: int64 */
            minor: number;
        };
        ImportCountsGivenBack: {
            /** Format: int64 */
            rows: number;
            /** Format: int64 */
            rowsMatched: number;
            /** Format: int64 */
            rowsPartly: number;
            /** Format: int64 */
            rowsUnmatched: number;
            /**
             * Format: int64
             * @description Rows that an earlier import had taken already.
             */
            rowsKnown: number;
            /** Format: int64 */
            units: number;
            /** Format: int64 */
            unitsMatched: number;
        };
        ImportError: {
            /** Format: int64 */
            line: number;
            field: string;
            code: string;
            reason: string;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        ImportOrdersPageOfRowSaid: {
            data: components["schemas"]["ImportOrdersRowSaid"][];
            next: null | string;
            hasMore: boolean;
        };
        ImportOrdersResponse: {
            file: string;
            /**
             * Format: int64
             * @description By which the errors are read; null for a dry run.
             */
            runId: null | number;
            /** @description This content had been imported before; nothing was changed. */
            wasDone: boolean;
            isDryRun: boolean;
            counts: components["schemas"]["ImportCounts"];
            /** @description The first of what is said about rows. */
            errors: components["schemas"]["ImportOrdersRowSaid"][];
            hasMoreErrors: boolean;
            /** @enum {string} */
            object: "import";
        };
        /** @description One thing the import says about a row. */
        ImportOrdersRowSaid: {
            /** Format: int64 */
            line: number;
            field: string;
            code: string;
            reason: string;
            /** @description `error`: not taken; `warning`: taken by a stated rule. */
            severity: string;
        };
        /** @description What a file would become. */
        ImportPreview: {
            kind: string;
            /** @description Our columns, and the header each is read from; null when none is. */
            columns: components["schemas"]["PreviewColumn"][];
            /** @description Those of the file. */
            headers: string[];
            /** @description To be changed and sent back as it is. */
            mapping: unknown;
            encoding: string;
            delimiter: string;
            /** @description The first of them. */
            rows: components["schemas"]["PreviewRow"][];
            warnings: string[];
            /** @description Of the file as a whole. */
            problems: components["schemas"]["FieldError"][];
        };
        /** @description What became of a file. `Errors` are the first 100; all of them are in errors.csv. */
        ImportResult: {
            /**
             * Format: int64
             * @description Of a file that was sent with the request.
             */
            runId: null | number;
            kind: string;
            isDryRun: boolean;
            state: string;
            /** Format: int64 */
            rows: number;
            /** Format: int64 */
            created: number;
            /** Format: int64 */
            updated: number;
            /** Format: int64 */
            unchanged: number;
            /** Format: int64 */
            failed: number;
            warnings: string[];
            errors: components["schemas"]["ImportError"][];
            job: null | components["schemas"]["JobId"];
        };
        /** @description Units on their way that may be promised for then. */
        InboundUnits: {
            /** Format: date-time */
            dueAt: string;
            /** Format: int64 */
            quantity: number;
        };
        /** @description What a rule sets; what it leaves out it leaves to later rules. */
        IntakeMarks: {
            /**
             * Format: int32
             * @description Higher goes first; 0 is ordinary.
             */
            priority?: null | number;
            /** @description Where in a building the goods are handled, for instance chilled. */
            zone?: null | string;
            /** @description The class of delivery method that nodes and lanes know, for what the channel calls otherwise. */
            method?: null | string;
            /** @description Put on the order; those of several rules add up. */
            tags?: null | string[];
        };
        /**
         * @description Goods have stock; a bundle is sold as one and explodes into goods; a charge is money only.
         * @enum {string}
         */
        ItemKind: "goods" | "bundle" | "charge";
        /** @description Rows in all (null until it is known), and what became of those that are done. */
        JobCounts: {
            /** Format: int64 */
            total: null | number;
            /** Format: int64 */
            done: number;
            /** Format: int64 */
            ok: number;
            /** Format: int64 */
            failed: number;
            /** Format: int64 */
            skipped: number;
        };
        /** @description Why a job as a whole could not go on. */
        JobFault: {
            code: string;
            detail: string;
        };
        /** @description A job's id, `job_…`. */
        JobId: string;
        /** @description The file a job made; `GET /jobs/{id}/result`. */
        JobResult: {
            name: string;
            contentType: string;
            /** Format: int64 */
            bytes: number;
        };
        /** @description A job as the API shows it. */
        JobView: {
            /** @enum {string} */
            object: "job";
            id: components["schemas"]["JobId"];
            kind: string;
            /**
             * @description queued, running, cancelling, done, failed or cancelled. A job is done also when some of its rows failed.
             * @enum {string}
             */
            state: "queued" | "running" | "cancelling" | "done" | "failed" | "cancelled";
            arguments: components["schemas"]["JsonNode"];
            counts: components["schemas"]["JobCounts"];
            /** @description Who started it, as on the log: user:…, key:…, cli. */
            who: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            startedAt: null | string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: date-time */
            endedAt: null | string;
            error: null | components["schemas"]["JobFault"];
            result: null | components["schemas"]["JobResult"];
            /** @description The job whose failed rows this one tries again. */
            retryOf: null | string;
            /** @description The job that this one takes back. */
            undoOf: null | string;
        };
        JsonElement: unknown;
        JsonNode: unknown;
        JsonObject: Record<string, never>;
        KeepImagesChange: {
            alt?: null | string;
            /** Format: int32 */
            position?: null | number;
        };
        KeepMappingsRequest: {
            mapping?: components["schemas"]["JsonElement"];
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        KeepViewsPageOfView: {
            data: components["schemas"]["KeepViewsView"][];
            next: null | string;
            hasMore: boolean;
        };
        KeepViewsRequest: {
            list?: null | string;
            name?: null | string;
            query?: null | string;
            columns?: null | string[];
            sort?: null | string;
            isShared?: null | boolean;
            isDefault?: null | boolean;
        };
        KeepViewsView: {
            id: components["schemas"]["ViewId"];
            list: string;
            name: string;
            query: string;
            columns: string[];
            sort: null | string;
            isShared: boolean;
            isDefault: boolean;
            owner: string;
            /** @description Made by the caller; only such a view can be changed. */
            isMine: boolean;
            /** Format: int64 */
            version: number;
            count: null | components["schemas"]["ListCount"];
        };
        /** @description A service from a node to a zone. The price of a parcel is base + per kilogram, in minor units. */
        LaneBody: {
            zone?: null | string;
            service?: null | string;
            method?: null | string;
            currency?: null | string;
            /**
             * Format: int64
             * @default 0
             */
            baseMinor: number;
            /**
             * Format: int64
             * @default 0
             */
            perKgMinor: number;
            /**
             * Format: int64
             * @default 30000
             */
            maxWeightGrams: number;
            /**
             * Format: int32
             * @default 0
             */
            transitDays: number;
        };
        /** @description One movement, with the balance of each bucket after it. */
        LedgerEntry: {
            id: string;
            sku: string;
            node: string;
            kind: components["schemas"]["MovementKind"];
            orderId: null | components["schemas"]["OrderId"];
            /** Format: int64 */
            onHandDelta: number;
            /** Format: int64 */
            allocatedDelta: number;
            /** Format: int64 */
            reservedDelta: number;
            /** Format: int64 */
            unavailableDelta: number;
            /** Format: int64 */
            earmarkedDelta: number;
            /** Format: int64 */
            safetyDelta: number;
            balance: components["schemas"]["StockTotal"];
            reason: null | string;
            reference: null | string;
            actor: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            recordedAt: string;
        };
        /** @description A SKU at a node. */
        LevelView: {
            /** @enum {string} */
            object: "stockLevel";
            sku: string;
            name: string;
            node: string;
            nodeKind: string;
            /** Format: int64 */
            onHand: number;
            /** Format: int64 */
            unavailable: number;
            /** Format: int64 */
            allocated: number;
            /** Format: int64 */
            reserved: number;
            /** Format: int64 */
            earmarked: number;
            /** Format: int64 */
            safety: number;
            /** Format: int64 */
            available: number;
            /**
             * Format: date-time
             * @description When this node's levels were last told to us by a feed, if they ever were.
             */
            feedAt: null | string;
        };
        /** @description One line before and after an edit. */
        LineDifference: {
            /** Format: int32 */
            line: number;
            sku: string;
            /** Format: int64 */
            quantityBefore: number;
            /**
             * Format: int64
             * @description Units wanted, those cancelled not counted.
             */
            quantity: number;
            /** Format: int64 */
            totalMinorBefore: number;
            /** Format: int64 */
            totalMinor: number;
            /** Format: int64 */
            taxMinorBefore: number;
            /** Format: int64 */
            taxMinor: number;
            /** Format: int64 */
            allocatedBefore: number;
            /** Format: int64 */
            allocated: number;
            /** Format: int64 */
            waitingBefore: number;
            /**
             * Format: int64
             * @description Units that wait for stock.
             */
            waiting: number;
            /** @description Where its units come from afterwards. */
            allocations: components["schemas"]["AllocationView"][];
        };
        /** @description A line with its quantity buckets, which sum to the quantity for goods and components. */
        LineView: {
            /** Format: int32 */
            line: number;
            /** @enum {string} */
            kind: "goods" | "bundle" | "component" | "charge";
            /**
             * Format: int32
             * @description The bundle's line, for a component.
             */
            parentLine: null | number;
            sku: string;
            name: null | string;
            /** Format: int64 */
            quantity: number;
            /** Format: int64 */
            unitPriceMinor: number;
            /** Format: int64 */
            discountMinor: number;
            /** Format: double */
            taxRate: number;
            /** Format: int64 */
            taxMinor: number;
            /** Format: int64 */
            totalMinor: number;
            /** Format: int64 */
            unallocated: number;
            /** Format: int64 */
            backordered: number;
            /** Format: int64 */
            preordered: number;
            /** Format: int64 */
            allocated: number;
            /** Format: int64 */
            released: number;
            /** Format: int64 */
            picked: number;
            /** Format: int64 */
            packed: number;
            /** Format: int64 */
            shipped: number;
            /** Format: int64 */
            delivered: number;
            /** Format: int64 */
            lost: number;
            /** Format: int64 */
            sentBack: number;
            /** Format: int64 */
            cancelled: number;
            allocations: components["schemas"]["AllocationView"][];
            metadata: components["schemas"]["JsonNode"];
            /**
             * Format: date-time
             * @description When the units that wait are expected.
             */
            expectedAt: null | string;
            /**
             * Format: date-time
             * @description Nothing of the line leaves before, although it may be here: it was sold ahead.
             */
            releaseAt: null | string;
            /**
             * Format: date-time
             * @description Leaves and arrives by then, as told. Only where it is not as for the whole order: its parts have dates of their own.
             */
            shipBy?: null | string;
            /**
             * Format: date-time
             * @description Leaves and arrives by then, as told. Only where it is not as for the whole order: its parts have dates of their own.
             */
            deliverBy?: null | string;
            /**
             * Format: int64
             * @description Of the cancelled units, those that were split off to another order.
             */
            moved: number;
            /**
             * Format: int64
             * @description Of the delivered units, those that came back.
             */
            returned: number;
        };
        LinkOrderRequest: {
            order?: null | components["schemas"]["OrderId"];
            /** @description replacement, exchange or reorder. */
            kind?: null | string;
            reason?: null | string;
        };
        /** @description An order that belongs to this one. */
        LinkView: {
            kind: string;
            /** @description origin: this one came out of that; result: that one came out of this. */
            role: string;
            order: components["schemas"]["OrderId"];
            number: string;
            state: string;
            reason: null | string;
            /** Format: date-time */
            at: string;
        };
        ListAttentionCounts: {
            object: string;
            kinds: components["schemas"]["ListAttentionKindCount"][];
        };
        ListAttentionKindCount: {
            kind: string;
            /** Format: int64 */
            count: number;
            /** @description There are more than long KindCount.Count. */
            isMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        ListConsumersPageOfResponse: {
            data: components["schemas"]["ListConsumersResponse"][];
            next: null | string;
            hasMore: boolean;
        };
        ListConsumersResponse: {
            /** @description The consumer. */
            name: string;
            /**
             * Format: int64
             * @description The last entry it has done with.
             */
            position: number;
            /**
             * Format: int64
             * @description Entries behind it; beyond 10,000 an upper bound.
             */
            lagEvents: number;
            /**
             * Format: int64
             * @description Age of the oldest entry behind it.
             */
            lagSeconds: number;
            /**
             * Format: int64
             * @description Entries of this merchant that are set aside.
             */
            parked: number;
        };
        /** @description How many there are: exact up to 10,000. */
        ListCount: {
            /** Format: int64 */
            count: number;
            isExact: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        ListExceptionsPageOfView: {
            data: components["schemas"]["ListExceptionsView"][];
            next: null | string;
            hasMore: boolean;
        };
        ListExceptionsView: {
            object: string;
            /** Format: int64 */
            id: number;
            kind: string;
            title: string;
            /** @description What a person does next. */
            next: string;
            detail: string;
            /** @enum {string} */
            state: "open" | "resolved";
            order: null | components["schemas"]["OrderId"];
            orderNumber: null | string;
            sku: null | string;
            node: null | string;
            owner: null | string;
            /**
             * Format: int64
             * @description How often the same trouble was met while open.
             */
            seen: number;
            /** Format: date-time */
            openedAt: string;
            /** Format: date-time */
            seenAt: string;
            /** Format: date-time */
            resolvedAt: null | string;
            resolvedBy: null | string;
            resolution: null | string;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        ListJobsPageOfRowView: {
            data: components["schemas"]["ListJobsRowView"][];
            next: null | string;
            hasMore: boolean;
        };
        ListJobsRowView: {
            /**
             * Format: int64
             * @description Its number in the job, from 1; a line of a file is its line.
             */
            row: number;
            reference: string;
            /** @enum {string} */
            state: "waiting" | "ok" | "failed" | "skipped";
            code: null | string;
            message: null | string;
        };
        ListNotificationsResponse: {
            data: components["schemas"]["ListNotificationsView"][];
            next: null | string;
            hasMore: boolean;
            /**
             * Format: int64
             * @description How many are unread, at most 100.
             */
            unread: number;
        };
        ListNotificationsView: {
            /** Format: int64 */
            id: number;
            /** @description mention: a note names the person. assigned: an order was given to the person. */
            kind: string;
            order: null | components["schemas"]["OrderId"];
            orderNumber: null | string;
            /** Format: int32 */
            note: null | number;
            /** @description The beginning of the note; null when there is none, or it was taken away. */
            text: null | string;
            /** @description Who did it. */
            actor: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            readAt: null | string;
        };
        /** @description A page of a searched list. */
        ListPageOfCustomerView: {
            data: components["schemas"]["CustomerView"][];
            /** @description The cursor of the page after it; null when there is none. */
            next: null | string;
            hasMore: boolean;
            /** @description The cursor of the page before it. */
            previous: null | string;
            count: null | components["schemas"]["ListCount"];
            /**
             * Format: int64
             * @description Present when the words of the newest changes are not all found yet: the seconds by which finding is behind.
             */
            behind: null | number;
        };
        /** @description A page of a searched list. */
        ListPageOfDraftSummary: {
            data: components["schemas"]["DraftSummary"][];
            /** @description The cursor of the page after it; null when there is none. */
            next: null | string;
            hasMore: boolean;
            /** @description The cursor of the page before it. */
            previous: null | string;
            count: null | components["schemas"]["ListCount"];
            /**
             * Format: int64
             * @description Present when the words of the newest changes are not all found yet: the seconds by which finding is behind.
             */
            behind: null | number;
        };
        /** @description A page of a searched list. */
        ListPageOfLevelView: {
            data: components["schemas"]["LevelView"][];
            /** @description The cursor of the page after it; null when there is none. */
            next: null | string;
            hasMore: boolean;
            /** @description The cursor of the page before it. */
            previous: null | string;
            count: null | components["schemas"]["ListCount"];
            /**
             * Format: int64
             * @description Present when the words of the newest changes are not all found yet: the seconds by which finding is behind.
             */
            behind: null | number;
        };
        /** @description A page of a searched list. */
        ListPageOfOrderView: {
            data: components["schemas"]["OrderView"][];
            /** @description The cursor of the page after it; null when there is none. */
            next: null | string;
            hasMore: boolean;
            /** @description The cursor of the page before it. */
            previous: null | string;
            count: null | components["schemas"]["ListCount"];
            /**
             * Format: int64
             * @description Present when the words of the newest changes are not all found yet: the seconds by which finding is behind.
             */
            behind: null | number;
        };
        /** @description A page of a searched list. */
        ListPageOfProductView: {
            data: components["schemas"]["ProductView"][];
            /** @description The cursor of the page after it; null when there is none. */
            next: null | string;
            hasMore: boolean;
            /** @description The cursor of the page before it. */
            previous: null | string;
            count: null | components["schemas"]["ListCount"];
            /**
             * Format: int64
             * @description Present when the words of the newest changes are not all found yet: the seconds by which finding is behind.
             */
            behind: null | number;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        ListWaitingPageOfWaiter: {
            data: components["schemas"]["ListWaitingWaiter"][];
            next: null | string;
            hasMore: boolean;
        };
        ListWaitingWaiter: {
            /**
             * Format: int64
             * @description 1 is served first.
             */
            position: number;
            orderId: components["schemas"]["OrderId"];
            orderNumber: string;
            /** Format: int32 */
            line: number;
            /** Format: int32 */
            priority: number;
            /** Format: date-time */
            placedAt: string;
            /** Format: int64 */
            unallocated: number;
            /** Format: int64 */
            backordered: number;
            /** Format: int64 */
            preordered: number;
            /**
             * Format: int64
             * @description Units that go to others first.
             */
            ahead: number;
            /** Format: date-time */
            expectedAt: null | string;
            /** Format: date-time */
            releaseAt: null | string;
            isHeld: boolean;
        };
        ManageKeysKeyView: {
            object: string;
            id: string;
            name: string;
            /** @description The first characters of the secret, to tell keys apart. */
            prefix: string;
            /** @description Only in the answer that made it; it is kept as a hash and cannot be shown again. */
            secret: null | string;
            scopes: string[];
            nodes: null | string[];
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: null | string;
            /** Format: date-time */
            lastUsedAt: null | string;
            /** Format: date-time */
            revokedAt: null | string;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        ManageKeysPageOfKeyView: {
            data: components["schemas"]["ManageKeysKeyView"][];
            next: null | string;
            hasMore: boolean;
        };
        ManageKeysRequest: {
            name?: null | string;
            scopes?: null | string[];
            /** @description Codes of the nodes the key is limited to, null for all. */
            nodes?: null | string[];
            /** Format: date-time */
            expiresAt?: null | string;
        };
        ManageRolesChangeRequest: {
            name?: null | string;
            permissions?: null | string[];
        };
        ManageRolesPermissionView: {
            code: string;
            meaning: string;
        };
        ManageRolesRequest: {
            id?: null | string;
            name?: null | string;
            permissions?: null | string[];
        };
        ManageRolesRoleList: {
            data: components["schemas"]["Role"][];
            next: null | string;
            hasMore: boolean;
            /** @description What a role may name, with what it means. */
            allPermissions: components["schemas"]["ManageRolesPermissionView"][];
        };
        /** @description A mapping kept under a name for the files of one kind. */
        MappingView: {
            /** @enum {string} */
            object: "importMapping";
            kind: string;
            name: string;
            mapping: components["schemas"]["JsonElement"];
            /** Format: int64 */
            version: number;
            who: string;
            /** Format: date-time */
            updatedAt: string;
        };
        MarkReadRequest: {
            /** @description Those; or null and UpTo for all until then. */
            ids?: null | number[];
            /**
             * Format: int64
             * @description This one and all before it.
             */
            upTo?: null | number;
        };
        MarkReadResponse: {
            /**
             * Format: int64
             * @description How many were unread and are not any more.
             */
            read: number;
        };
        MergeCustomersMergeRequest: {
            other?: null | components["schemas"]["CustomerId"];
            reason?: null | string;
        };
        MergeCustomersUnmergeRequest: {
            reason?: null | string;
        };
        /**
         * @description Why a balance changed. Names are stored and never renamed.
         * @enum {string}
         */
        MovementKind: "adjusted" | "counted" | "fed" | "allocated" | "deallocated" | "sold" | "received" | "restocked" | "transferred" | "reserved" | "reservationReleased" | "reservationExpired" | "reservationConverted" | "earmarked" | "unearmarked" | "madeUnavailable" | "madeAvailable" | "safetySet" | "repaired";
        MoveReleaseMergeRequest: {
            /** @description The release whose units are taken over. */
            with?: null | string;
        };
        MoveReleaseMoveRequest: {
            /** @description Where it goes; the claim on the goods goes with it. */
            node?: null | string;
            reason?: null | string;
        };
        MoveReleaseScheduleRequest: {
            /** Format: date-time */
            fulfilAt?: null | string;
        };
        MoveReleaseSplitRequest: {
            /** @description Units that become a release of their own. */
            lines?: null | components["schemas"]["PartBody"][];
        };
        MoveStockItem: {
            sku?: null | string;
            node?: null | string;
            /** Format: int64 */
            quantity?: null | number;
            to?: null | components["schemas"]["MoveStockStatus"];
            reason?: null | string;
        };
        MoveStockMoved: {
            sku: string;
            node: string;
            /** Format: int64 */
            onHand: number;
            /** Format: int64 */
            unavailable: number;
            /** Format: int64 */
            available: number;
        };
        MoveStockRequest: {
            items?: null | components["schemas"]["MoveStockItem"][];
            reference?: null | string;
        };
        MoveStockResponse: {
            object: string;
            id: string;
            items: components["schemas"]["MoveStockMoved"][];
        };
        /** @enum {string} */
        MoveStockStatus: "available" | "unavailable";
        /** @description A place with stock, as a caller writes it and as it is stored. */
        NodeBody: {
            code?: null | string;
            name?: null | string;
            /** @enum {null|string} */
            kind?: "warehouse" | "store" | "3pl" | "supplier" | null;
            address?: null | components["schemas"]["Address"];
            country?: null | string;
            postcode?: null | string;
            position?: null | components["schemas"]["Position"];
            timeZone?: null | string;
            openingHours?: null | {
                [key: string]: components["schemas"]["OpenTime"][];
            };
            cutOffs?: null | {
                [key: string]: string;
            };
            services?: null | string[];
            /**
             * Format: int64
             * @default 0
             */
            pickFixedMinor: number;
            /**
             * Format: int64
             * @default 0
             */
            handlingMinor: number;
            /**
             * Format: int32
             * @default 0
             */
            leadDays: number;
            /** @default true */
            isActive: boolean;
            merchants?: null | string[];
            /** @description Days (`2026-12-25`) on which nobody works there although the opening hours say so. */
            closedDays?: null | string[];
        };
        /** @description A node as the API shows it. */
        NodeView: {
            object: string;
            code: string;
            name: string;
            /** @enum {string} */
            kind: "warehouse" | "store" | "3pl" | "supplier";
            address: components["schemas"]["Address"];
            country: null | string;
            postcode: null | string;
            position: null | components["schemas"]["Position"];
            timeZone: string;
            openingHours: {
                [key: string]: components["schemas"]["OpenTime"][];
            };
            cutOffs: {
                [key: string]: string;
            };
            services: string[];
            /** Format: int64 */
            pickFixedMinor: number;
            /** Format: int64 */
            handlingMinor: number;
            /** Format: int32 */
            leadDays: number;
            isActive: boolean;
            /** Format: int64 */
            version: number;
            /** Format: date-time */
            createdAt: string;
            closedDays: string[];
        };
        NoteConsentRequest: {
            /** @description What for: marketing, reviews, profiling, … */
            purpose?: null | string;
            /** @description How he is reached: email, sms, phone, post, … */
            channel?: null | string;
            isGiven?: null | boolean;
            /** @description Where he said so: checkout, call, form 12. */
            source?: null | string;
            /**
             * Format: date-time
             * @description When he said so; now, when left out.
             */
            at?: null | string;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        NoteCustomerPageOfResponse: {
            data: components["schemas"]["NoteCustomerResponse"][];
            next: null | string;
            hasMore: boolean;
        };
        NoteCustomerRequest: {
            note?: null | string;
        };
        NoteCustomerResponse: {
            object: string;
            note: string;
            author: string;
            /** Format: date-time */
            at: string;
        };
        NoteOrderRequest: {
            body?: null | string;
            isForCustomer?: null | boolean;
            isPinned?: null | boolean;
            mentions?: null | string[];
        };
        /** @description A note on an order. */
        NoteView: {
            /** Format: int32 */
            note: number;
            body: string;
            /** @description The customer may see it; else only people who work here. */
            isForCustomer: boolean;
            isPinned: boolean;
            /** @description Names of users it is meant for. */
            mentions: string[];
            author: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        OpenDeliveryExpected: {
            sku?: null | string;
            /** Format: int64 */
            quantity?: null | number;
        };
        OpenDeliveryRequest: {
            node?: null | string;
            /** @description The sender's number: what is inbound under it goes down as goods are booked in. */
            reference?: null | string;
            supplier?: null | string;
            lines?: null | components["schemas"]["OpenDeliveryExpected"][];
        };
        OpenSessionRequest: {
            userName?: null | string;
            password?: null | string;
        };
        /** @description Times of day in the node's time zone, `HH:mm`; an end of 00:00 is midnight at the end of the day. */
        OpenTime: {
            from?: null | string;
            to?: null | string;
        };
        OptionItem: {
            sku: string;
            /** Format: int64 */
            quantity: number;
        };
        OptionShipment: {
            node: string;
            service: string;
            /** Format: date */
            shipBy: string;
            /** Format: date */
            deliverBy: string;
            /** Format: int64 */
            costMinor: number;
            items: components["schemas"]["OptionItem"][];
        };
        /** @description Which orders a rule is about: every condition that is given must hold, and of a list any one. None given: all orders. */
        OrderConditions: {
            channels?: null | string[];
            methods?: null | string[];
            countries?: null | string[];
            /** @description Beginnings of delivery postcodes; blanks do not count. */
            postcodePrefixes?: null | string[];
            /** @description Handling flags of products, for instance chilled. */
            skuFlags?: null | string[];
            skus?: null | string[];
            paymentStatuses?: null | string[];
            paymentMethods?: null | string[];
            /**
             * Format: int64
             * @description The order's total in the merchant's currency, minor units.
             */
            minTotalMinor?: null | number;
            /** Format: int64 */
            maxTotalMinor?: null | number;
            /**
             * Format: int64
             * @description Units of any one SKU.
             */
            minUnits?: null | number;
            metadata?: null | {
                [key: string]: string;
            };
            /** @description Is any condition about lines? */
            readonly isAboutLines?: boolean;
        };
        /** @description What an edit does to an order: money, units and promise before and after. Amounts are minor units of the order's currency. */
        OrderDifference: {
            currency: string;
            /** Format: int64 */
            totalMinorBefore: number;
            /** Format: int64 */
            totalMinor: number;
            /**
             * Format: int64
             * @description Total after − total before.
             */
            changeMinor: number;
            /** Format: int64 */
            taxMinorBefore: number;
            /** Format: int64 */
            taxMinor: number;
            /**
             * Format: int64
             * @description Still to be paid after it.
             */
            dueMinor: number;
            /**
             * Format: int64
             * @description To be given back after it.
             */
            refundDueMinor: number;
            /** @description The lines whose money, quantity or stock changes. */
            lines: components["schemas"]["LineDifference"][];
            /** Format: date-time */
            shipByBefore: null | string;
            /** Format: date-time */
            shipBy: null | string;
            /** Format: date-time */
            deliverByBefore: null | string;
            /** Format: date-time */
            deliverBy: null | string;
        };
        OrderId: string;
        /** @description An order as the API shows it. Amounts are minor units of `currency`. */
        OrderView: {
            /** @enum {string} */
            object: "order";
            id: components["schemas"]["OrderId"];
            number: string;
            externalId: null | string;
            channel: string;
            type: string;
            /**
             * @description The headline: the state, or onHold, backordered, … when that says more.
             * @enum {string}
             */
            status: "draft" | "placed" | "confirmed" | "released" | "picking" | "packed" | "readyForPickup" | "partlyShipped" | "shipped" | "delivered" | "onHold" | "backordered" | "closed" | "cancelled" | "expired";
            /**
             * @description What was decided: draft, placed, confirmed, closed, cancelled, expired.
             * @enum {string}
             */
            state: "draft" | "placed" | "confirmed" | "closed" | "cancelled" | "expired";
            isHeld: boolean;
            currency: string;
            pricesIncludeTax: boolean;
            /** Format: int64 */
            goodsMinor: number;
            /** Format: int64 */
            discountMinor: number;
            /** Format: int64 */
            chargesMinor: number;
            /** Format: int64 */
            taxMinor: number;
            /** Format: int64 */
            totalMinor: number;
            baseCurrency: string;
            /**
             * Format: double
             * @description Units of the merchant's currency for one unit of this order's, when it was placed.
             */
            rateToBase: null | number;
            method: null | string;
            /** @enum {string} */
            paymentStatus: "none" | "pending" | "authorised" | "partAuthorised" | "paid" | "partPaid" | "overPaid" | "failed" | "voided" | "unpaid" | "terms" | "refunded" | "partRefunded" | "disputed";
            /** Format: date-time */
            expiresAt: null | string;
            customer: null | components["schemas"]["PlaceOrderCustomer"];
            shippingAddress: null | components["schemas"]["PlaceOrderAddress"];
            billingAddress: null | components["schemas"]["PlaceOrderAddress"];
            sourceReference: null | string;
            lines: components["schemas"]["LineView"][];
            holds: components["schemas"]["HoldView"][];
            metadata: components["schemas"]["JsonNode"];
            /** Format: date-time */
            placedAt: string;
            /** Format: int64 */
            version: number;
            /**
             * Format: int32
             * @description Higher goes first; 0 is ordinary.
             */
            priority: number;
            /** @description Where in a building its goods are handled, for instance chilled. */
            zone: null | string;
            /**
             * Format: date-time
             * @description Until then it is not released, so that it may still be changed.
             */
            graceUntil: null | string;
            /**
             * Format: date-time
             * @description Not released before.
             */
            releaseAt: null | string;
            /**
             * Format: date-time
             * @description Leaves the building by then, as told to the customer.
             */
            shipBy: null | string;
            /**
             * Format: date-time
             * @description Arrives by then, as told to the customer.
             */
            deliverBy: null | string;
            /**
             * Format: date-time
             * @description Since when it is seen that the promised date cannot be kept.
             */
            atRiskSince: null | string;
            /**
             * Format: int64
             * @description Money taken and given back so far, minor units.
             */
            capturedMinor: number;
            /** Format: int64 */
            refundedMinor: number;
            /**
             * Format: int64
             * @description Reserved and not taken yet.
             */
            authorisedMinor: number;
            /**
             * Format: int64
             * @description Still to be paid; below zero when more was taken than ordered. Of an order that has ended: what is owed to the customer, below zero.
             */
            dueMinor: number;
            tags: string[];
            /** @description The user who deals with it. */
            assignee: null | string;
            /**
             * Format: int64
             * @description The newest entry of its timeline: `GET /orders/{id}/timeline?since=` tells what happened after it.
             */
            seq: number;
            draft: null | components["schemas"]["PlacedDraft"];
            /** @description Orders that belong to it: what it came out of, and what came out of it. */
            links: components["schemas"]["LinkView"][];
            /** @description Its releases to nodes. Only on request. */
            fulfilments?: null | components["schemas"]["FulfilmentView"][];
            /** @description Why here: the shipments, the candidates with their cost or reason of rejection. Only on request. */
            plan?: components["schemas"]["JsonNode"];
        };
        /** @description A package's id, `pkg_…`. */
        PackageId: string;
        PackageLineView: {
            /** Format: int32 */
            line: number;
            /** Format: int64 */
            quantity: number;
        };
        /** @enum {string} */
        PackageState: "labelled" | "voided" | "manifested" | "inTransit" | "outForDelivery" | "availableAtPoint" | "delivered" | "exception" | "lost" | "returnedToSender";
        PackageView: {
            id: components["schemas"]["PackageId"];
            /**
             * Format: int32
             * @description Its number within the release.
             */
            package: number;
            /** @enum {string} */
            state: "labelled" | "voided" | "manifested" | "inTransit" | "outForDelivery" | "availableAtPoint" | "delivered" | "exception" | "lost" | "returnedToSender";
            shipment: null | components["schemas"]["ShipmentId"];
            /** Format: int64 */
            weightGrams: null | number;
            /** Format: int64 */
            lengthMm: null | number;
            /** Format: int64 */
            widthMm: null | number;
            /** Format: int64 */
            heightMm: null | number;
            carrier: null | string;
            service: null | string;
            tracking: null | string;
            /** Format: date-time */
            stateAt: string;
            lines: components["schemas"]["PackageLineView"][];
        };
        PackReleasePackageBody: {
            /** @description What is in it; everything that is picked, when left out (for one package). */
            lines?: null | components["schemas"]["PartBody"][];
            /** Format: int64 */
            weightGrams?: null | number;
            /** Format: int64 */
            lengthMm?: null | number;
            /** Format: int64 */
            widthMm?: null | number;
            /** Format: int64 */
            heightMm?: null | number;
            carrier?: null | string;
            service?: null | string;
            tracking?: null | string;
        };
        PackReleaseRequest: {
            /** @description One package with everything that is picked, when left out. */
            packages?: null | components["schemas"]["PackReleasePackageBody"][];
        };
        PackReleaseUnpackRequest: {
            /** @description Numbers of the packages to open; all that are labelled, when left out. */
            packages?: null | number[];
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfAttentionItem: {
            data: components["schemas"]["AttentionItem"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfConsentView: {
            data: components["schemas"]["ConsentView"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfCountView: {
            data: components["schemas"]["CountView"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfCustomerOrder: {
            data: components["schemas"]["CustomerOrder"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfDeliverySummary: {
            data: components["schemas"]["DeliverySummary"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfEventView: {
            data: components["schemas"]["EventView"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfFulfilmentView: {
            data: components["schemas"]["FulfilmentView"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfHolder: {
            data: components["schemas"]["Holder"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfImageView: {
            data: components["schemas"]["ImageView"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfJobView: {
            data: components["schemas"]["JobView"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfLedgerEntry: {
            data: components["schemas"]["LedgerEntry"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfMappingView: {
            data: components["schemas"]["MappingView"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfNodeView: {
            data: components["schemas"]["NodeView"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfNoteView: {
            data: components["schemas"]["NoteView"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfReceiptView: {
            data: components["schemas"]["ReceiptView"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfStockPlace: {
            data: components["schemas"]["StockPlace"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfStockView: {
            data: components["schemas"]["StockView"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfTransferView: {
            data: components["schemas"]["TransferView"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfUserView: {
            data: components["schemas"]["UserView"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        PageOfWebhookView: {
            data: components["schemas"]["WebhookView"][];
            next: null | string;
            hasMore: boolean;
        };
        ParkedEventsAnswer: {
            consumer: string;
            /** Format: int64 */
            position: number;
        };
        ParkedEventsDiscardRequest: {
            reason?: null | string;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        ParkedEventsPageOfResponse: {
            data: components["schemas"]["ParkedEventsResponse"][];
            next: null | string;
            hasMore: boolean;
        };
        ParkedEventsResponse: {
            /** Format: int64 */
            position: number;
            aggregateKind: string;
            aggregateId: string;
            kind: string;
            /**
             * @description `retrying`: tried again by itself at NextTryAt; `parked`: given up, a person decides; `waiting`: behind an earlier entry.
             * @enum {string}
             */
            state: "retrying" | "parked" | "waiting";
            error: string;
            /** Format: int32 */
            attempts: number;
            /** Format: date-time */
            nextTryAt: null | string;
            /** Format: date-time */
            parkedAt: string;
        };
        /** @description Which units of a release a request means. */
        PartBody: {
            /**
             * Format: int32
             * @description The order line's number.
             */
            line?: null | number;
            /**
             * Format: int64
             * @description Units; all that there are, when left out.
             */
            quantity?: null | number;
        };
        /** @description A payment's id, `pay_…`. */
        PaymentId: string;
        /** @description A transaction as the API shows it. Amounts are minor units of `currency`. */
        PaymentView: {
            /** @enum {string} */
            object: "payment";
            id: components["schemas"]["PaymentId"];
            order: components["schemas"]["OrderId"];
            /** Format: int32 */
            no: number;
            /** @enum {string} */
            type: "authorise" | "capture" | "void" | "refund" | "sale" | "external" | "dispute";
            tender: string;
            /** @enum {string} */
            state: "created" | "pending" | "succeeded" | "failed" | "unknown";
            /** Format: int64 */
            amountMinor: number;
            currency: string;
            /**
             * Format: int64
             * @description Of an authorisation: what may still be captured or voided; of what was taken: what may still be refunded.
             */
            leftMinor: number;
            parent: null | components["schemas"]["PaymentId"];
            reference: null | string;
            reason: null | string;
            isOver: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            settledAt: null | string;
            actor: string;
        };
        PickReleaseRequest: {
            /** @description What was taken; everything that is open, when left out. */
            lines?: null | components["schemas"]["PartBody"][];
        };
        /** @description The draft an order was made of. */
        PlacedDraft: {
            id: components["schemas"]["DraftId"];
            number: string;
        };
        PlaceDraftBody: {
            payment?: null | components["schemas"]["PlaceOrderPayment"];
            /** @description refuse, hold or backorder; as the channel has it when left out. */
            onShort?: null | string;
            /** @description The channel's own number of the order, when it has one. */
            externalId?: null | string;
        };
        PlaceOrderAddress: {
            name?: null | string;
            company?: null | string;
            line1?: null | string;
            line2?: null | string;
            city?: null | string;
            region?: null | string;
            postcode?: null | string;
            country?: null | string;
            phone?: null | string;
        };
        /** @description What is paid but is no goods: delivery, gift wrap, tip, deposit. */
        PlaceOrderCharge: {
            code: string;
            name?: null | string;
            /** Format: int64 */
            amountMinor: number;
            /** Format: double */
            taxRate?: null | number;
            /** Format: int64 */
            taxMinor?: null | number;
        };
        PlaceOrderCustomer: {
            name?: null | string;
            email?: null | string;
            phone?: null | string;
            /** @description The channel's own id of the customer. */
            reference?: null | string;
            /** @description Our customer, when the sender knows him. Else he is found by reference or email, or made. */
            id?: null | string;
        };
        PlaceOrderLine: {
            sku: string;
            /** Format: int64 */
            quantity: number;
            /**
             * Format: int64
             * @description Absent: the list price in the order's currency.
             */
            unitPriceMinor?: null | number;
            name?: null | string;
            /**
             * Format: int64
             * @description Over all units of the line.
             */
            discountMinor?: null | number;
            /**
             * Format: double
             * @description A fraction with at most 6 decimals: 0.2 is 20 %.
             */
            taxRate?: null | number;
            /** Format: int64 */
            taxMinor?: null | number;
            metadata?: null | {
                [key: string]: string;
            };
        };
        PlaceOrderPayment: {
            /**
             * @description pending, authorised, paid, failed, terms, or absent when payment is not our business.
             * @enum {null|string}
             */
            status?: "pending" | "authorised" | "paid" | "failed" | "terms" | null;
            method?: null | string;
            reference?: null | string;
            /**
             * Format: date-time
             * @description When a pending order gives its stock back. A channel that asks first may say at most 30 days ahead; one that tells may be late.
             */
            expiresAt?: null | string;
        };
        PlaceOrderRequest: {
            channel: string;
            externalId?: null | string;
            currency: string;
            customer?: null | components["schemas"]["PlaceOrderCustomer"];
            shippingAddress?: null | components["schemas"]["PlaceOrderAddress"];
            billingAddress?: null | components["schemas"]["PlaceOrderAddress"];
            method?: null | string;
            lines?: null | components["schemas"]["PlaceOrderLine"][];
            charges?: null | components["schemas"]["PlaceOrderCharge"][];
            /** Format: int64 */
            discountMinor?: null | number;
            pricesIncludeTax?: null | boolean;
            payment?: null | components["schemas"]["PlaceOrderPayment"];
            /** @enum {null|string} */
            onShort?: "refuse" | "hold" | "backorder" | null;
            sourceReference?: null | string;
            metadata?: null | {
                [key: string]: string;
            };
            reservation?: null | string;
            /**
             * @description sales, also when left out, or wholesale: to a company, on account unless a payment is said.
             * @enum {null|string}
             */
            type?: "sales" | "wholesale" | null;
        };
        /** @description Degrees, at most 6 decimals are kept (11 centimetres). */
        Position: {
            /** Format: double */
            latitude: number;
            /** Format: double */
            longitude: number;
        };
        PreviewColumn: {
            name: string;
            isRequired: boolean;
            header: null | string;
        };
        PreviewDraftLine: {
            /** Format: int32 */
            no: number;
            sku: string;
            /** Format: int64 */
            quantity: number;
            /** Format: int64 */
            allocated: number;
            /**
             * Format: int64
             * @description Units that would be promised for later.
             */
            waiting: number;
            /**
             * Format: int64
             * @description Units nobody could promise.
             */
            short: number;
            /** Format: date-time */
            expectedAt: null | string;
            allocations: components["schemas"]["AllocationView"][];
        };
        PreviewDraftResponse: {
            object: string;
            draft: components["schemas"]["DraftView"];
            /** @description Nothing in Problems stands in the way. */
            canBePlaced: boolean;
            problems: components["schemas"]["FieldError"][];
            lines: components["schemas"]["PreviewDraftLine"][];
            /** @description What would stop the order once it is placed, as far as it is known without the books of the customer. */
            holds: components["schemas"]["PreviewDraftStop"][];
            /** @description Ways to send everything that is free now, cheapest first; none when something is short or no country is known. */
            options: components["schemas"]["DeliveryOption"][];
        };
        PreviewDraftStop: {
            kind: string;
            reason: string;
            /** Format: int32 */
            line: null | number;
        };
        PreviewRow: {
            /** Format: int64 */
            line: number;
            /** @description As they stand in the file, in the order of its headers. */
            cells: string[];
            /** @description created, updated, unchanged or refused. */
            outcome: string;
            faults: components["schemas"]["RowFault"][];
        };
        Price: {
            currency: string;
            /** Format: int64 */
            priceMinor: number;
        };
        PriceBody: {
            currency?: null | string;
            /**
             * Format: int64
             * @default -1
             */
            priceMinor: number;
        };
        PrioritiseOrderRequest: {
            /**
             * Format: int32
             * @description From -1000 to 1000; higher goes first, 0 is ordinary.
             */
            priority: number;
            reason?: null | string;
        };
        ProblemDetails: {
            /** @description Where the code is explained: /problems/CODE */
            type: string;
            /** @description The kind of refusal in words */
            title: string;
            /**
             * Format: int32
             * @description The HTTP status
             */
            status: number;
            /** @description What was refused and why, for people */
            detail: string;
            /** @description The path that was asked */
            instance?: string;
            /** @description Stable; decide by it. docs/api/problems.md lists all */
            code: string;
            /** @description Each fault of a field */
            errors?: {
                /** @description JSON pointer into the body, or #name of a parameter or header */
                pointer: string;
                /** @description Stable */
                code: string;
                /** @description A sentence for people */
                detail: string;
            }[];
            /** @description Name it when you report something */
            requestId: string;
            /** @description The trace it belongs to */
            traceId?: string;
        };
        ProblemPagesResponse: {
            code: string;
            /** @description The HTTP status; `field` for a code that stands in `errors[]` only. */
            status: string;
            meaning: string;
        };
        /** @description A product as a caller writes it, nothing checked yet. */
        ProductBody: {
            sku?: null | string;
            name?: null | string;
            kind?: components["schemas"]["ItemKind"];
            taxClass?: null | string;
            /**
             * Format: int64
             * @default 0
             */
            weightGrams: number;
            /** Format: int64 */
            lengthMm?: null | number;
            /** Format: int64 */
            widthMm?: null | number;
            /** Format: int64 */
            heightMm?: null | number;
            /** Format: int64 */
            costMinor?: null | number;
            costCurrency?: null | string;
            prices?: null | components["schemas"]["PriceBody"][];
            barcodes?: null | components["schemas"]["BarcodeBody"][];
            handlingFlags?: null | string[];
            components?: null | components["schemas"]["ComponentBody"][];
            description?: null | string;
            metadata?: null | {
                [key: string]: string;
            };
            /** @default true */
            isActive: boolean;
            backorder?: null | string;
            /** Format: int64 */
            backorderCap?: null | number;
            /** Format: int32 */
            backorderLeadDays?: null | number;
            /** Format: date-time */
            backorderExpectedAt?: null | string;
            /** Format: date-time */
            preorderReleaseAt?: null | string;
            /** Format: int64 */
            preorderCap?: null | number;
            tags?: null | string[];
        };
        /** @description A product as the API shows it. Costs are null for whoever may not see them. */
        ProductView: {
            object: string;
            sku: string;
            name: string;
            kind: components["schemas"]["ItemKind"];
            taxClass: string;
            /** Format: int64 */
            weightGrams: number;
            /** Format: int64 */
            lengthMm: null | number;
            /** Format: int64 */
            widthMm: null | number;
            /** Format: int64 */
            heightMm: null | number;
            /** Format: int64 */
            costMinor: null | number;
            costCurrency: null | string;
            prices: components["schemas"]["Price"][];
            barcodes: components["schemas"]["BarcodeView"][];
            handlingFlags: string[];
            components: components["schemas"]["Component"][];
            description: null | string;
            metadata: {
                [key: string]: string;
            };
            isActive: boolean;
            /** Format: int64 */
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description May it be sold without stock: yes, no, or null when the channel decides. */
            backorder: null | string;
            /** Format: int64 */
            backorderCap: null | number;
            /** Format: int32 */
            backorderLeadDays: null | number;
            /** Format: date-time */
            backorderExpectedAt: null | string;
            /**
             * Format: date-time
             * @description Until then it is sold ahead and nothing of it leaves.
             */
            preorderReleaseAt: null | string;
            /** Format: int64 */
            preorderCap: null | number;
            tags: string[];
            /** @description What it is a variant of; `GET /products?query=variant:CODE` lists all of them. */
            variantGroup: null | string;
            variantOptions: {
                [key: string]: string;
            };
            images: components["schemas"]["ImageView"][];
        };
        PutBackGoodsRequest: {
            /** @description What was put back; everything that was taken, when left out. */
            lines?: null | components["schemas"]["PartBody"][];
        };
        /** @description Units to be put back on the shelf. */
        PutBackView: {
            /** Format: int32 */
            line: number;
            sku: string;
            /** Format: int64 */
            wanted: number;
            /** Format: int64 */
            done: number;
            /** Format: date-time */
            askedAt: string;
        };
        ReadAuditEntry: {
            object: string;
            /** Format: int64 */
            position: number;
            kind: string;
            aggregateKind: string;
            aggregateId: string;
            actor: string;
            reason: null | string;
            /** Format: date-time */
            at: string;
            payload: components["schemas"]["JsonElement"];
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        ReadAuditPageOfEntry: {
            data: components["schemas"]["ReadAuditEntry"][];
            next: null | string;
            hasMore: boolean;
        };
        ReadClosingLeft: {
            order: components["schemas"]["OrderId"];
            number: string;
            /** Format: int64 */
            units: number;
            /** @description `work_begun`: somebody picks or packs it there; `not_moved`: not looked at yet, or it failed; `no_other_stock`: it waits for goods. */
            reason: string;
        };
        ReadClosingView: {
            object: string;
            node: string;
            reason: string;
            /** Format: date-time */
            until: null | string;
            /**
             * @description running, done, or reopened.
             * @enum {string}
             */
            state: "running" | "done" | "reopened";
            /** Format: int64 */
            ordersSeen: number;
            /**
             * Format: int64
             * @description Units that are promised from elsewhere now.
             */
            unitsMoved: number;
            /**
             * Format: int64
             * @description Units that found no other place and wait for goods.
             */
            unitsLeft: number;
            /**
             * Format: int64
             * @description Orders that could not be planned anew because of a fault; they are on the log of the server.
             */
            failures: number;
            startedBy: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            updatedAt: string;
            rest: components["schemas"]["ReadClosingLeft"][];
            next: null | string;
            hasMore: boolean;
        };
        ReadDashboardChannelShare: {
            channel: string;
            name: string;
            currency: string;
            /** Format: int64 */
            orders: number;
            /** Format: int64 */
            units: number;
            /** Format: int64 */
            totalMinor: number;
            query: string;
        };
        /** @description A whole day, UTC; today is not among them. */
        ReadDashboardDay: {
            date: string;
            currency: string;
            /** Format: int64 */
            orders: number;
            /** Format: int64 */
            units: number;
            /** Format: int64 */
            totalMinor: number;
        };
        /** @description Of the orders that have to leave today, how many have not, by the node that has their goods. */
        ReadDashboardNodeToShip: {
            node: string;
            name: string;
            cutOff: null | string;
            timeZone: string;
            /** Format: int64 */
            orders: number;
        };
        ReadDashboardResponse: {
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            todayFrom: string;
            /** Format: date-time */
            todayTo: string;
            tiles: components["schemas"]["ReadDashboardTile"][];
            stock: components["schemas"]["ReadDashboardStock"];
            toShip: components["schemas"]["ReadDashboardNodeToShip"][];
            channels: components["schemas"]["ReadDashboardChannelShare"][];
            trend: components["schemas"]["ReadDashboardDay"][];
            /** @enum {string} */
            object: "dashboard";
        };
        ReadDashboardStock: {
            /**
             * Format: int64
             * @description SKUs with nothing left to promise at some node; `GET /inventory?low=true`.
             */
            low: number;
            /**
             * Format: int64
             * @description Open suggestions to buy; `GET /purchasing/reorder-suggestions`.
             */
            reorder: number;
            /**
             * Format: int64
             * @description Places where more is promised than is there.
             */
            deficit: number;
        };
        ReadDashboardTile: {
            key: string;
            /** Format: int64 */
            count: number;
            isExact: boolean;
            /** @description Of `GET /orders`: it finds exactly what was counted. */
            query: string;
        };
        ReadDeliveriesAttemptView: {
            /** Format: int32 */
            number: number;
            /** Format: date-time */
            at: string;
            /** Format: int64 */
            durationMs: number;
            /** Format: int32 */
            status: null | number;
            error: null | string;
            /** @description The beginning of what the receiver answered. */
            response: string;
        };
        ReadDeliveriesDeliveryDetail: {
            delivery: components["schemas"]["ReadDeliveriesDeliveryView"];
            attempts: components["schemas"]["ReadDeliveriesAttemptView"][];
        };
        ReadDeliveriesDeliveryView: {
            object: string;
            /** @description Also the webhook-id that the receiver sees. */
            event: string;
            /** Format: int64 */
            position: number;
            kind: string;
            aggregateKind: string;
            aggregateId: string;
            /** Format: int64 */
            seq: number;
            /**
             * @description `waiting`, `delivered`, `failed` (given up) or `discarded`.
             * @enum {string}
             */
            state: "waiting" | "delivered" | "failed" | "discarded";
            /**
             * Format: int32
             * @description Tries in all.
             */
            attempts: number;
            /** Format: date-time */
            queuedAt: string;
            /** Format: date-time */
            lastTriedAt: null | string;
            /** Format: date-time */
            nextTryAt: null | string;
            /** Format: int32 */
            status: null | number;
            /** @description Why the last try failed. */
            error: null | string;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        ReadDeliveriesPageOfDeliveryView: {
            data: components["schemas"]["ReadDeliveriesDeliveryView"][];
            next: null | string;
            hasMore: boolean;
        };
        ReadFieldsFieldView: {
            name: string;
            type: string;
            meaning: string;
            values: null | string[];
            hasPrefixes: boolean;
            aliases: string[];
        };
        ReadFieldsResponse: {
            list: string;
            /** @description What a word without a field is looked for in. */
            bare: string;
            fields: components["schemas"]["ReadFieldsFieldView"][];
            /** @description The first is the list's own. */
            sorts: string[];
        };
        ReadPaymentsEntry: {
            payment: components["schemas"]["PaymentId"];
            kind: string;
            /** Format: int64 */
            authorisedDelta: number;
            /** Format: int64 */
            capturedDelta: number;
            /** Format: int64 */
            refundedDelta: number;
            /** Format: int64 */
            disputedDelta: number;
            /** Format: int64 */
            authorised: number;
            /** Format: int64 */
            captured: number;
            /** Format: int64 */
            refunded: number;
            /** Format: int64 */
            disputed: number;
            actor: string;
            /** Format: date-time */
            at: string;
        };
        ReadPaymentsResponse: {
            object: string;
            order: components["schemas"]["OrderId"];
            state: string;
            currency: string;
            /** Format: int64 */
            totalMinor: number;
            /** Format: int64 */
            authorisedMinor: number;
            /** Format: int64 */
            capturedMinor: number;
            /** Format: int64 */
            refundedMinor: number;
            /** Format: int64 */
            disputedMinor: number;
            /**
             * Format: int64
             * @description What is still to be paid; below zero when more was paid than ordered.
             */
            dueMinor: number;
            isOnAccount: boolean;
            data: components["schemas"]["PaymentView"][];
            ledger: components["schemas"]["ReadPaymentsEntry"][];
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        ReadPromisesPageOfView: {
            data: components["schemas"]["ReadPromisesView"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description Units of some lines that leave together. */
        ReadPromisesPart: {
            /** @description Null for units that wait and may come to any node; then the slowest was reckoned with. */
            node: null | string;
            service: null | string;
            lines: number[];
            /**
             * Format: date-time
             * @description From when they can be worked on, or are expected.
             */
            from: string;
            /**
             * Format: int32
             * @description Working days the node needs.
             */
            leadDays: number;
            /** Format: int32 */
            transitDays: number;
            /** @description The node's cut-off that counted, by its clock. */
            cutOff: null | string;
            /** Format: date-time */
            shipBy: string;
            /** Format: date-time */
            deliverBy: string;
        };
        ReadPromisesView: {
            object: string;
            /** Format: int32 */
            version: number;
            isCurrent: boolean;
            /** Format: date-time */
            shipBy: null | string;
            /** Format: date-time */
            deliverBy: null | string;
            /** Format: date-time */
            madeAt: string;
            /** @description What brought it about. */
            reason: string;
            /** @description The version of the rule that made the dates. */
            rule: null | string;
            /** @description What it was made from. Where a part is later than the order, it was planned worse and the older promise kept. */
            parts: components["schemas"]["ReadPromisesPart"][];
        };
        ReadSessionResponse: {
            object: string;
            actor: string;
            user: null | components["schemas"]["ReadSessionSessionUser"];
            merchant: null | string;
            /** @description Of this request's merchant. */
            permissions: string[];
            /** @description Ids of the nodes seen, null for all. */
            nodes: null | string[];
            merchants: components["schemas"]["ReadSessionSessionMerchant"][];
            /** @description To be sent as header Switchyard-Antiforgery with every write; null for an API key. */
            antiforgeryToken: null | string;
            preferences: null | components["schemas"]["JsonObject"];
        };
        ReadSessionSessionMerchant: {
            code: string;
            name: string;
            roles: string[];
        };
        ReadSessionSessionUser: {
            id: string;
            userName: string;
            displayName: string;
        };
        ReadStockGridCell: {
            sku: string;
            name: string;
            node: string;
            nodeName: string;
            nodeKind: string;
            /** Format: int64 */
            onHand: number;
            /** Format: int64 */
            unavailable: number;
            /** Format: int64 */
            allocated: number;
            /** Format: int64 */
            reserved: number;
            /** Format: int64 */
            earmarked: number;
            /** Format: int64 */
            safety: number;
            /**
             * Format: int64
             * @description May be below zero: more is promised than is there.
             */
            available: number;
            /**
             * Format: int64
             * @description Units on their way to this node.
             */
            inbound: number;
            /** Format: date-time */
            inboundAt: null | string;
            /** Format: int64 */
            reorderAt: null | number;
            /** Format: int64 */
            orderUpTo: null | number;
            /** @description low, deficit, excess, or null when all is well. */
            level: null | string;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        ReadStockGridPageOfCell: {
            data: components["schemas"]["ReadStockGridCell"][];
            next: null | string;
            hasMore: boolean;
        };
        ReadTimelineEntry: {
            /** Format: int64 */
            seq: number;
            kind: string;
            /** @description Who: user:…, key:…, system:…. */
            actor: string;
            reason: null | string;
            /** Format: date-time */
            at: string;
            payload: components["schemas"]["JsonElement"];
            note: null | components["schemas"]["NoteView"];
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        ReadTimelinePageOfEntry: {
            data: components["schemas"]["ReadTimelineEntry"][];
            next: null | string;
            hasMore: boolean;
        };
        /** @description The id of one receipt: what one scan or entry booked in, `rcp_…`. */
        ReceiptId: string;
        /** @description One entry of a receiver as it is shown. */
        ReceiptView: {
            id: components["schemas"]["ReceiptId"];
            scanId: null | string;
            sku: string;
            /** Format: int64 */
            quantity: number;
            condition: components["schemas"]["GoodsCondition"];
            barcode: null | string;
            bin: null | string;
            lot: null | string;
            expiry: null | string;
            receivedBy: string;
            /** Format: date-time */
            receivedAt: string;
            undoneBy: null | string;
            /** Format: date-time */
            undoneAt: null | string;
            undoReason: null | string;
        };
        ReceiveGoodsItem: {
            sku?: null | string;
            /** @description Instead of the SKU; a case's code counts for all units in the case. */
            barcode?: null | string;
            /**
             * Format: int64
             * @description Units, or scans of the barcode; 1 when not said.
             */
            quantity?: null | number;
            condition?: null | components["schemas"]["GoodsCondition"];
            bin?: null | string;
            lot?: null | string;
            /** @description The last day the lot may be sold, `yyyy-MM-dd`. */
            expiry?: null | string;
            /** @description The client's own name of this scan within the delivery: sent again, it is booked once. */
            scanId?: null | string;
        };
        ReceiveGoodsRequest: {
            items?: null | components["schemas"]["ReceiveGoodsItem"][];
        };
        ReceiveGoodsResponse: {
            object: string;
            receipts: components["schemas"]["ReceiptView"][];
            delivery: components["schemas"]["DeliveryView"];
        };
        /** @enum {string} */
        RecordFactFactKind: "shipped" | "delivered" | "lost" | "sentBack";
        RecordFactRequest: {
            kind?: null | components["schemas"]["RecordFactFactKind"];
            /** @description The teller's own id of the fact; without it the same content is the same fact. */
            id?: null | string;
            /** Format: date-time */
            at?: null | string;
            /** @description For an order: where it happened. */
            node?: null | string;
            carrier?: null | string;
            service?: null | string;
            tracking?: null | string;
            /** @description Which units; all of the release or order that it can mean, when left out. */
            lines?: null | components["schemas"]["PartBody"][];
        };
        RecordFactResponse: {
            object: string;
            order: components["schemas"]["OrderId"];
            /** @description False: it was told before. */
            isNew: boolean;
            fulfilments: components["schemas"]["FulfilmentView"][];
        };
        RecordTillSaleItem: {
            sku?: null | string;
            /** Format: int64 */
            quantity?: null | number;
        };
        RecordTillSaleRequest: {
            node?: null | string;
            items?: null | components["schemas"]["RecordTillSaleItem"][];
            /** @description When it was sold; now when not said. */
            at?: null | string;
            /** @description The till's own number of the receipt: told again, nothing is sold twice. */
            reference?: null | string;
        };
        RecordTillSaleResponse: {
            object: string;
            reference: string;
            node: string;
            items: components["schemas"]["RecordTillSaleSold"][];
            /** @description Orders that lost units to the sale. */
            replanned: unknown[];
        };
        RecordTillSaleSold: {
            sku: string;
            /** Format: int64 */
            quantity: number;
            /** @description False: the shelf was counted after the sale, so the count has seen it already. */
            isCounted: boolean;
            /** Format: int64 */
            onHand: number;
            /** Format: int64 */
            available: number;
        };
        RefundPaymentRequest: {
            /**
             * Format: int64
             * @description When left out, all that may still be refunded.
             */
            amountMinor?: null | number;
            reason?: null | string;
            reference?: null | string;
        };
        RejectReleaseRequest: {
            /**
             * @description missing, damaged, busy, closed or other.
             * @enum {null|string}
             */
            reason?: "missing" | "damaged" | "busy" | "closed" | "other" | null;
            note?: null | string;
            /** @description With missing and damaged: which units; all, when left out. */
            lines?: null | components["schemas"]["PartBody"][];
        };
        /** @description An address of a marketplace that passes mail on to the buyer. */
        RelayAddress: {
            channel: null | string;
            email: string;
            /** Format: date-time */
            expiresAt: null | string;
        };
        ReleaseHoldRequest: {
            /**
             * Format: int32
             * @description The hold's number; or say its kind, when the order has one open hold of that kind.
             */
            hold?: null | number;
            kind?: null | string;
            reason?: null | string;
        };
        ReleaseHoldView: {
            /** Format: int32 */
            hold: number;
            kind: string;
            reason: string;
            /**
             * @description order, line or release.
             * @enum {string}
             */
            scope: "order" | "line" | "release";
            /** Format: int32 */
            line: null | number;
            owner: null | string;
            /** Format: date-time */
            openedAt: string;
        };
        ReleaseOrderRequest: {
            /**
             * Format: date-time
             * @description Work begins then and not before; left out, at once.
             */
            fulfilAt?: null | string;
        };
        ReleaseOrderResponse: {
            object: string;
            order: components["schemas"]["OrderId"];
            fulfilments: components["schemas"]["FulfilmentView"][];
        };
        ReorderOrderGoneLine: {
            /** Format: int32 */
            line: number;
            sku: string;
            /** Format: int64 */
            quantity: number;
            /** @description gone, or noPrice. */
            reason: string;
        };
        ReorderOrderRepriced: {
            /**
             * Format: int32
             * @description The line of the order.
             */
            line: number;
            sku: string;
            /** Format: int64 */
            unitPriceMinorBefore: number;
            /** Format: int64 */
            unitPriceMinor: number;
        };
        ReorderOrderRequest: {
            /** @description The channel it is placed on; the order's own when left out. */
            channel?: null | string;
            /**
             * @description Place it at once. What is gone is then refused, unless WithoutGone.
             * @default false
             */
            place: boolean;
            /**
             * @description Place what there is.
             * @default false
             */
            withoutGone: boolean;
        };
        ReorderOrderResponse: {
            object: string;
            draft: components["schemas"]["DraftView"];
            /** @description Lines of the order that are not in the draft: no such product any more, or no price for it. */
            gone: components["schemas"]["ReorderOrderGoneLine"][];
            repriced: components["schemas"]["ReorderOrderRepriced"][];
        };
        ReplaceOrderRequest: {
            reason?: null | string;
            /** @description Units of the order's lines; a bundle as a whole, or a component by its own line. */
            lines?: null | components["schemas"]["CancelOrderLineUnits"][];
            shippingAddress?: null | components["schemas"]["PlaceOrderAddress"];
            method?: null | string;
            onShort?: null | string;
        };
        ReportChannelSalesResponse: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @description Of the whole period, on every page. */
            totals: components["schemas"]["ReportChannelSalesTotal"][];
            data: components["schemas"]["ReportChannelSalesSales"][];
            next: null | string;
            hasMore: boolean;
        };
        ReportChannelSalesSales: {
            channel: string;
            channelName: string;
            day: string;
            currency: string;
            /** Format: int64 */
            orders: number;
            /** Format: int64 */
            units: number;
            /** Format: int64 */
            totalMinor: number;
        };
        ReportChannelSalesTotal: {
            channel: string;
            channelName: string;
            currency: string;
            /** Format: int64 */
            orders: number;
            /** Format: int64 */
            units: number;
            /** Format: int64 */
            totalMinor: number;
        };
        ReportOverviewLatest: {
            id: string;
            number: string;
            channel: string;
            state: string;
            isHeld: boolean;
            currency: string;
            /** Format: int64 */
            totalMinor: number;
            /** Format: date-time */
            placedAt: string;
        };
        ReportOverviewResponse: {
            /**
             * Format: int64
             * @description Placed or confirmed; 10,001 means more than 10,000.
             */
            openOrders: number;
            /** Format: int64 */
            heldOrders: number;
            /** @description By kind of hold. */
            openHolds: {
                [key: string]: number;
            };
            /** Format: int64 */
            waitingUnits: number;
            /** Format: int64 */
            skus: number;
            /** Format: int64 */
            nodes: number;
            /** Format: int64 */
            onHand: number;
            /** Format: int64 */
            allocated: number;
            /** Format: int64 */
            available: number;
            latestOrders: components["schemas"]["ReportOverviewLatest"][];
        };
        ResendDeliveriesRequest: {
            /**
             * Format: date-time
             * @description From deliveries queued at this instant on.
             */
            since?: null | string;
            /**
             * Format: date-time
             * @description Before this instant; now when not said.
             */
            until?: null | string;
            /** @description Which: `failed` when not said, also `delivered` or `discarded`. */
            states?: null | string[];
        };
        ResendDeliveriesResponse: {
            /**
             * Format: int64
             * @description Deliveries that go out again.
             */
            count: number;
            /** @description More than 10,000 were meant: ask again. */
            hasMore: boolean;
        };
        ReservationId: string;
        /**
         * @description The states of a soft reservation. Names are stored in lower case.
         * @enum {string}
         */
        ReservationState: "active" | "expired" | "released" | "converted";
        /** @description A soft reservation as it is shown. Once it is no longer active its items are those it held. */
        ReservationView: {
            object: string;
            id: components["schemas"]["ReservationId"];
            owner: string;
            channel: null | string;
            state: components["schemas"]["ReservationState"];
            /** Format: int64 */
            ttlSeconds: number;
            /** Format: date-time */
            expiresAt: string;
            /** Format: date-time */
            createdAt: string;
            items: components["schemas"]["ReservedItem"][];
        };
        ReservedItem: {
            sku: string;
            node: string;
            /** Format: int64 */
            quantity: number;
        };
        ReserveStockItem: {
            sku?: null | string;
            /** Format: int64 */
            quantity?: null | number;
            /** @description The node to reserve at; any that may serve when not said. */
            node?: null | string;
        };
        ReserveStockRequest: {
            /** @description What the reservation is for (a cart's id). It is shown to whoever asks who holds the stock. */
            owner?: null | string;
            channel?: null | string;
            /** Format: int64 */
            ttlSeconds?: null | number;
            items?: null | components["schemas"]["ReserveStockItem"][];
        };
        ResolveExceptionAssignment: {
            /** @description Who deals with it: a user's name; null for nobody. */
            owner?: null | string;
        };
        ResolveExceptionRequest: {
            /** @description What was done. */
            resolution: string;
        };
        /** @description Something that makes an order more likely to be fraud, and how much it weighs. */
        RiskSignal: {
            /**
             * @description One of IReadOnlyList&lt;string&gt; RiskScore.Signals.
             * @enum {string}
             */
            signal: "value_above" | "first_order" | "billing_country_differs" | "free_mail" | "many_of_email" | "many_of_place" | "many_units" | "forwarder" | "phone_country";
            /** Format: int32 */
            weight: number;
            /**
             * Format: int64
             * @description value_above: minor units of the merchant's currency; many_of_email, many_of_place: orders within the hour; many_units: units of one line.
             */
            threshold?: null | number;
            /**
             * Format: int64
             * @description many_units: only lines of at least this unit price.
             */
            minPriceMinor?: null | number;
            /** @description free_mail: domains; forwarder: beginnings of delivery postcodes. */
            list?: null | string[];
        };
        /** @description A set of permissions with a name. */
        Role: {
            /** @description For instance `customer-service`. Never renamed. */
            id: string;
            name: string;
            permissions: string[];
            isBuiltIn: boolean;
        };
        RotateSecretRequest: {
            /**
             * Format: int64
             * @description When the earlier ones stop signing: a day when not said, at once with 0, at most 30 days.
             */
            retireOthersAfterSeconds?: null | number;
        };
        /** @description One fault of one row. */
        RowFault: {
            field: string;
            code: string;
            reason: string;
        };
        /** @description What may become an order. Only channel and currency must be said. */
        SaveDraftBody: {
            channel: string;
            currency: string;
            /** @description sales, also when left out, or wholesale. */
            type?: null | string;
            customer?: null | components["schemas"]["PlaceOrderCustomer"];
            shippingAddress?: null | components["schemas"]["PlaceOrderAddress"];
            billingAddress?: null | components["schemas"]["PlaceOrderAddress"];
            method?: null | string;
            /** @description A line without a price follows the list price until the draft is quoted. */
            lines?: null | components["schemas"]["PlaceOrderLine"][];
            charges?: null | components["schemas"]["PlaceOrderCharge"][];
            /** Format: int64 */
            discountMinor?: null | number;
            pricesIncludeTax?: null | boolean;
            sourceReference?: null | string;
            metadata?: null | {
                [key: string]: string;
            };
            /** @description For people who work here; becomes a note on the order. */
            note?: null | string;
            tags?: null | string[];
            origin?: null | components["schemas"]["DraftOrigin"];
        };
        /** @description A secret that signs, as callers see it. */
        SecretView: {
            /** Format: int32 */
            number: number;
            /** @description Only in the answer that made it. */
            secret: null | string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it stops signing by itself; null for the one that stays.
             */
            retiresAt: null | string;
        };
        /** @description A signal that was seen, with the sentence that says so. */
        SeenSignal: {
            signal: string;
            /** Format: int32 */
            weight: number;
            says: string;
        };
        SendTransferLine: {
            sku?: null | string;
            /** Format: int64 */
            quantity?: null | number;
        };
        SendTransferRequest: {
            /** @description What was loaded, where that is not all: SKUs not named are not sent. All of it when not said. */
            lines?: null | components["schemas"]["SendTransferLine"][];
            /** @description When it arrives, if that is known better now. */
            dueAt?: null | string;
        };
        SetBinsItem: {
            node?: null | string;
            bin?: null | string;
            sku?: null | string;
            lot?: null | string;
            /** Format: int64 */
            quantity?: null | number;
            zone?: null | string;
            /** Format: int64 */
            walkOrder?: null | number;
        };
        SetBinsPlaced: {
            sku: string;
            node: string;
            /** Format: int64 */
            onHand: number;
            /** Format: int64 */
            available: number;
        };
        SetBinsRequest: {
            items?: null | components["schemas"]["SetBinsItem"][];
        };
        SetBinsResponse: {
            object: string;
            items: components["schemas"]["SetBinsPlaced"][];
        };
        SetInboundRequest: {
            reference?: null | string;
            sku?: null | string;
            node?: null | string;
            /**
             * Format: int64
             * @description 0 takes it back.
             */
            quantity?: null | number;
            dueAt?: null | string;
            /** @description May it be promised before it is here? Yes when not said. */
            isPromised?: null | boolean;
        };
        SetInboundResponse: {
            object: string;
            reference: string;
            sku: string;
            node: string;
            /** Format: int64 */
            quantity: number;
            /** Format: date-time */
            dueAt: string;
            isPromised: boolean;
        };
        SetReorderLevelsItem: {
            sku?: null | string;
            node?: null | string;
            /**
             * Format: int64
             * @description Buy when available + on order - waiting is this or less.
             */
            reorderAt?: null | number;
            /**
             * Format: int64
             * @description What it is to be afterwards; 0 takes the level away.
             */
            orderUpTo?: null | number;
            /**
             * Format: int64
             * @description Only whole packs are bought; 1 when not said.
             */
            packSize?: null | number;
        };
        SetReorderLevelsRequest: {
            items?: null | components["schemas"]["SetReorderLevelsItem"][];
        };
        SetReorderLevelsResponse: {
            object: string;
            /** Format: int32 */
            set: number;
            /** Format: int32 */
            removed: number;
        };
        SetSafetyItem: {
            sku?: null | string;
            node?: null | string;
            /** Format: int64 */
            safety?: null | number;
        };
        SetSafetyKept: {
            sku: string;
            node: string;
            /** Format: int64 */
            safety: number;
            /** Format: int64 */
            available: number;
        };
        SetSafetyRequest: {
            items?: null | components["schemas"]["SetSafetyItem"][];
        };
        SetSafetyResponse: {
            object: string;
            items: components["schemas"]["SetSafetyKept"][];
        };
        SettlePaymentDisputeRequest: {
            /** Format: int64 */
            amountMinor?: null | number;
            reference?: null | string;
            reason?: null | string;
        };
        SettlePaymentReconcileRequest: {
            state?: null | string;
            /** @description Where it was seen: the line of a statement, the provider's own id. */
            reference?: null | string;
        };
        SettlePaymentRequest: {
            /**
             * @description succeeded, failed or unknown.
             * @enum {null|string}
             */
            state?: "succeeded" | "failed" | "unknown" | null;
            reference?: null | string;
        };
        SettleTransferLine: {
            sku?: null | string;
            /** Format: int64 */
            quantity?: null | number;
            outcome?: null | components["schemas"]["SettleTransferOutcome"];
        };
        /** @enum {string} */
        SettleTransferOutcome: "lost" | "foundAtSource" | "foundAtDestination";
        SettleTransferRequest: {
            lines?: null | components["schemas"]["SettleTransferLine"][];
            reason?: null | string;
        };
        ShipmentId: string;
        ShipmentView: {
            id: components["schemas"]["ShipmentId"];
            /** Format: int32 */
            shipment: number;
            carrier: null | string;
            service: null | string;
            isPickup: boolean;
            /** Format: date-time */
            shippedAt: string;
        };
        ShortPickRequest: {
            /** Format: int32 */
            line?: null | number;
            /**
             * Format: int64
             * @description Units that were there and are picked now.
             */
            found?: null | number;
            /**
             * Format: int64
             * @description Units that are missing on the shelf. Left out, the shelf is empty: all that the books say is still there.
             */
            missing?: null | number;
            /** @description The bin looked at; then only what the books say is in it is missing. */
            bin?: null | string;
            reason?: null | string;
        };
        SplitOrderLineUnits: {
            /** Format: int32 */
            line: number;
            /**
             * Format: int64
             * @description Units that go; a bundle as a whole.
             */
            quantity: number;
            /** @description waiting or allocated units only; what waits first when left out. */
            from?: null | string;
        };
        SplitOrderRequest: {
            lines?: null | components["schemas"]["SplitOrderLineUnits"][];
            /** @description stay (also when left out: the customer pays delivery once), or share: divided as the goods are worth. */
            charges?: null | string;
            reason?: null | string;
        };
        SplitOrderResponse: {
            object: string;
            order: components["schemas"]["OrderView"];
            /** @description The new order. */
            splitOff: components["schemas"]["OrderView"];
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        StartExportPageOfSourceView: {
            data: components["schemas"]["StartExportSourceView"][];
            next: null | string;
            hasMore: boolean;
        };
        StartExportRequest: {
            /** @description orders, lines, products, stock, customers or events, as `GET /exports` lists them. */
            list?: null | string;
            /** @description As in that list; everything when left out. */
            query?: null | string;
            /** @description In this order; all when left out. */
            columns?: null | string[];
            /** @description csv (the default) or ndjson. */
            format?: null | string;
        };
        StartExportSourceView: {
            list: string;
            columns: string[];
            formats: string[];
        };
        StartImportColumnView: {
            name: string;
            isRequired: boolean;
            aliases: string[];
        };
        StartImportKindView: {
            kind: string;
            /** @description That it knows; there may be more by form, such as price_GBP. */
            columns: components["schemas"]["StartImportColumnView"][];
            canUndo: boolean;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        StartImportPageOfKindView: {
            data: components["schemas"]["StartImportKindView"][];
            next: null | string;
            hasMore: boolean;
        };
        StartImportRequest: {
            /** @description products, stock, customers, orders … as `GET /imports/kinds` lists them. */
            kind?: null | string;
            /** @description The id of a file that was sent in. */
            file?: null | string;
            /** @description How its columns are to be read; null: by their names. */
            mapping?: components["schemas"]["JsonElement"];
            /** @description The name of a kept mapping, instead of one. */
            savedMapping?: null | string;
            /** @description Check every row and keep nothing. */
            dryRun?: null | boolean;
            /** @description False: rows of what exists already are refused. True when left out. */
            upsert?: null | boolean;
            /** @description Of orders: history or open. */
            as?: null | string;
            /** @description Of orders: the channel's code. */
            channel?: null | string;
        };
        StockAtNode: {
            node: string;
            /** @enum {string} */
            kind: "warehouse" | "store" | "3pl" | "supplier";
            /** Format: int64 */
            onHand: number;
            /** Format: int64 */
            unavailable: number;
            /** Format: int64 */
            allocated: number;
            /** Format: int64 */
            reserved: number;
            /** Format: int64 */
            earmarked: number;
            /** Format: int64 */
            safety: number;
            /** Format: int64 */
            available: number;
            /**
             * Format: date-time
             * @description When this node's levels were last told to us by a feed, if they ever were.
             */
            feedAt: null | string;
            /** Format: date-time */
            lastMovementAt: null | string;
        };
        /** @description Units of a SKU at one place. Where a node keeps no bins of it, the place is the node and bin is null. */
        StockPlace: {
            sku: string;
            node: string;
            bin: null | string;
            zone: null | string;
            lot: null | string;
            /** Format: int64 */
            quantity: number;
            /** Format: date-time */
            lastMovementAt: null | string;
        };
        /** @description The sum over the nodes the caller may see. */
        StockTotal: {
            /** Format: int64 */
            onHand: number;
            /** Format: int64 */
            unavailable: number;
            /** Format: int64 */
            allocated: number;
            /** Format: int64 */
            reserved: number;
            /** Format: int64 */
            earmarked: number;
            /** Format: int64 */
            safety: number;
            /** Format: int64 */
            available: number;
        };
        StockView: {
            object: string;
            sku: string;
            /**
             * Format: date-time
             * @description The instant it is read as of; null for now.
             */
            at: null | string;
            total: components["schemas"]["StockTotal"];
            /**
             * Format: int64
             * @description Units that may be promised now, over the active nodes the caller may see, by the one function: at least 0, and less than available where
             *     orders wait for stock. Of a bundle, whole bundles. Null in a reading of the past.
             */
            atp: null | number;
            /**
             * Format: int64
             * @description Units that placed orders wait for.
             */
            waiting: number;
            inbound: components["schemas"]["InboundUnits"][];
            nodes: components["schemas"]["StockAtNode"][];
        };
        StopReleaseAnswerRequest: {
            /** @description False: too late, it has left. */
            accepted?: null | boolean;
            reason?: null | string;
            carrier?: null | string;
            tracking?: null | string;
        };
        StopReleaseRequest: {
            reason?: null | string;
        };
        SuggestReordersLooked: {
            object: string;
            /** Format: int64 */
            levels: number;
            /**
             * Format: int64
             * @description Suggestions that are open now.
             */
            open: number;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        SuggestReordersPageOfView: {
            data: components["schemas"]["SuggestReordersView"][];
            next: null | string;
            hasMore: boolean;
        };
        SuggestReordersView: {
            object: string;
            /** Format: int64 */
            id: number;
            sku: string;
            node: string;
            /** Format: int64 */
            quantity: number;
            /** Format: int64 */
            available: number;
            /** Format: int64 */
            onOrder: number;
            /**
             * Format: int64
             * @description Units that orders wait for; they are counted at the node with the highest level of the SKU.
             */
            waiting: number;
            /** Format: int64 */
            reorderAt: number;
            /** Format: int64 */
            orderUpTo: number;
            /** @enum {string} */
            state: "open" | "ordered" | "dismissed" | "lapsed";
            reference: null | string;
            /** Format: date-time */
            quietUntil: null | string;
            /** Format: date-time */
            madeAt: string;
            /** Format: date-time */
            updatedAt: string;
            decidedBy: null | string;
        };
        TagOrderRequest: {
            add?: null | string[];
            remove?: null | string[];
        };
        TakePaymentRequest: {
            /**
             * @description sale (taken at once), authorise (reserved), external (taken by a marketplace or shop), refund (given back by one). When left out, as the tender says.
             * @enum {null|string}
             */
            type?: "sale" | "authorise" | "external" | "refund" | null;
            /**
             * @description cash, bank_transfer, cheque, card_terminal, external, or terms (an invoice on account).
             * @enum {null|string}
             */
            tender?: "cash" | "bank_transfer" | "cheque" | "card_terminal" | "external" | "terms" | null;
            /**
             * Format: int64
             * @description When left out, what is due.
             */
            amountMinor?: null | number;
            currency?: null | string;
            reference?: null | string;
            reason?: null | string;
            /** @description succeeded when left out; pending or failed. */
            state?: null | string;
            payment?: null | components["schemas"]["PaymentId"];
            /** @description Take it although more than is due. */
            allowOver?: null | boolean;
        };
        TestWebhookRequest: {
            /** @description Send a sample event of this kind instead, for instance OrderPlaced. */
            kind?: null | string;
        };
        TestWebhookResponse: {
            event: string;
            /** @description The receiver answered 2xx. */
            isDelivered: boolean;
            /** Format: int32 */
            status: null | number;
            error: null | string;
            /** @description The beginning of what it answered. */
            answer: string;
            /** Format: int64 */
            durationMs: number;
        };
        TrackPackageRequest: {
            state?: null | components["schemas"]["PackageState"];
            /** Format: date-time */
            at?: null | string;
            reason?: null | string;
        };
        TransferId: string;
        /** @description A line of a transfer as it is shown. */
        TransferLineView: {
            sku: string;
            /** Format: int64 */
            quantity: number;
            /** Format: int64 */
            held: number;
            /** Format: int64 */
            sent: number;
            /** Format: int64 */
            good: number;
            /** Format: int64 */
            damaged: number;
            /** Format: int64 */
            inTransit: number;
            /** Format: int64 */
            lost: number;
            /** Format: int64 */
            returned: number;
            /** Format: int64 */
            surplus: number;
        };
        TransferReservationItem: {
            sku?: null | string;
            from?: null | string;
            to?: null | string;
            /**
             * Format: int64
             * @description Units to move; all it holds at that node when not said.
             */
            quantity?: null | number;
        };
        TransferReservationRequest: {
            items?: null | components["schemas"]["TransferReservationItem"][];
        };
        /**
         * @description The states of a transfer between nodes. Names are stored in lower case with underscores.
         * @enum {string}
         */
        TransferState: "draft" | "approved" | "sent" | "acknowledged" | "partReceived" | "received" | "closed" | "cancelled";
        /** @description A transfer as it is shown. In a list it comes without lines. */
        TransferView: {
            object: string;
            id: components["schemas"]["TransferId"];
            from: string;
            to: string;
            state: components["schemas"]["TransferState"];
            reference: null | string;
            note: null | string;
            /** Format: date-time */
            dueAt: null | string;
            delivery: null | components["schemas"]["DeliveryId"];
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            sentAt: null | string;
            /** Format: date-time */
            endedAt: null | string;
            lines: null | components["schemas"]["TransferLineView"][];
        };
        TryHoldRulesFound: {
            kind: string;
            reason: string;
            /** Format: int32 */
            line: null | number;
            permission: null | string;
            /** Format: date-time */
            expiresAt: null | string;
            otherOrder: null | components["schemas"]["OrderId"];
        };
        TryHoldRulesRequest: {
            order?: null | components["schemas"]["PlaceOrderRequest"];
            /** @description Or the id of one that has been. */
            orderId?: null | string;
        };
        TryHoldRulesResponse: {
            object: string;
            wouldBeHeld: boolean;
            verdicts: components["schemas"]["TryHoldRulesVerdict"][];
            /** @description What the rules of intake set. */
            marks: components["schemas"]["IntakeMarks"];
        };
        TryHoldRulesVerdict: {
            rule: string;
            kind: string;
            /**
             * @description holds, passes, notForThisOrder, off, or notTried after a final rule that held.
             * @enum {string}
             */
            outcome: "holds" | "passes" | "notForThisOrder" | "off" | "notTried";
            holds: components["schemas"]["TryHoldRulesFound"][];
            /** Format: int32 */
            score: null | number;
            /** Format: int32 */
            limit: null | number;
            signals: null | components["schemas"]["SeenSignal"][];
        };
        UndoReceiptRequest: {
            reason?: null | string;
        };
        /** @description The id of a file that was sent in, `upl_…`. */
        UploadId: string;
        /** @description A file that was sent in, to be looked at and imported. */
        UploadView: {
            /** @enum {string} */
            object: "upload";
            id: components["schemas"]["UploadId"];
            name: string;
            /** Format: int64 */
            bytes: number;
            /** @description utf-8, windows-1252, utf-16 or utf-16be, as its bytes say; a mapping may say otherwise. */
            encoding: string;
            /** Format: date-time */
            createdAt: string;
        };
        /** @description A user as the administrators of one merchant see them. */
        UserView: {
            object: string;
            id: string;
            userName: string;
            displayName: string;
            email: null | string;
            isDisabled: boolean;
            /** @description At this merchant. */
            roles: string[];
            /** @description Codes of the nodes they are limited to, null for all. */
            nodes: null | string[];
        };
        /** @description A saved view's id, `view_…`. */
        ViewId: string;
        WantCountsItem: {
            sku?: null | string;
            node?: null | string;
        };
        WantCountsRequest: {
            items?: null | components["schemas"]["WantCountsItem"][];
            reason?: null | string;
        };
        WantCountsResponse: {
            counts: components["schemas"]["CountView"][];
        };
        /** @description A webhook's id, `whk_…`. */
        WebhookId: string;
        /** @description A webhook as callers see it. */
        WebhookView: {
            object: string;
            id: components["schemas"]["WebhookId"];
            url: string;
            description: string;
            /** @description Names of events, or the beginning of names and `*`. */
            kinds: string[];
            /** @description Only events of orders of these channels; null for all events. */
            channels: null | string[];
            /**
             * @description `active`; `paused` by a person; `disabled` after it failed for long, or said it is gone. What happens meanwhile waits.
             * @enum {string}
             */
            state: "active" | "paused" | "disabled" | "deleted";
            reason: null | string;
            /**
             * Format: date-time
             * @description Since when nothing has got through; null when the last try did.
             */
            failingSince: null | string;
            secrets: components["schemas"]["SecretView"][];
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: int64 */
            version: number;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        WriteChannelPageOfResponse: {
            data: components["schemas"]["WriteChannelResponse"][];
            next: null | string;
            hasMore: boolean;
        };
        WriteChannelRequest: {
            name?: null | string;
            /** @default refuse */
            onShort: string;
            /**
             * Format: int64
             * @default 0
             */
            splitPenaltyMinor: number;
            /**
             * Format: int64
             * @default 0
             */
            buffer: number;
            excludedNodeKinds?: null | string[];
            /**
             * Format: int64
             * @default 0
             */
            graceMinutes: number;
            urgentMethods?: null | string[];
            /** @default true */
            acceptsCancels: boolean;
            /** @default authorised */
            paymentRule: string;
            /** @default manual */
            release: string;
            /**
             * Format: int32
             * @default 14
             */
            closeAfterDays: number;
            /**
             * Format: int64
             * @default 120
             */
            riskMinutes: number;
        };
        WriteChannelResponse: {
            object: string;
            code: string;
            name: string;
            onShort: string;
            /** Format: int64 */
            splitPenaltyMinor: number;
            /** Format: int64 */
            buffer: number;
            excludedNodeKinds: string[];
            /** Format: int64 */
            version: number;
            /** Format: int64 */
            graceMinutes: number;
            urgentMethods: string[];
            acceptsCancels: boolean;
            paymentRule: string;
            release: string;
            /** Format: int32 */
            closeAfterDays: number;
            /** Format: int64 */
            riskMinutes: number;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        WriteExchangeRatePageOfResponse: {
            data: components["schemas"]["WriteExchangeRateResponse"][];
            next: null | string;
            hasMore: boolean;
        };
        WriteExchangeRateRequest: {
            /** @description Base currency units for one of the currency: a number or a text with up to 9 decimals, above 0. */
            rate?: unknown;
            /**
             * Format: date-time
             * @description When it begins to hold; now, when left out.
             */
            validFrom?: null | string;
            source?: null | string;
        };
        WriteExchangeRateResponse: {
            object: string;
            currency: string;
            baseCurrency: string;
            rate: string;
            /** Format: date-time */
            validFrom: string;
            source: string;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        WriteHoldRulePageOfResponse: {
            data: components["schemas"]["WriteHoldRuleResponse"][];
            next: null | string;
            hasMore: boolean;
        };
        WriteHoldRuleRequest: {
            /** @enum {string} */
            kind: "address" | "method" | "unknown_sku" | "price_off_list" | "payment" | "risk" | "blacklist" | "credit" | "duplicate" | "documents" | "manual" | "customer";
            /** Format: int32 */
            position: number;
            /** @default true */
            isActive: boolean;
            when?: null | components["schemas"]["OrderConditions"];
            settings?: null | components["schemas"]["HoldSettings"];
            /** @description What people read; `{reason}` in it stands for the rule's own sentence. */
            reason?: null | string;
            /** @enum {null|string} */
            scope?: "line" | "order" | null;
            owner?: null | string;
            permission?: null | string;
            /** Format: int32 */
            expiresAfterMinutes?: null | number;
            /** Format: int32 */
            escalateAfterMinutes?: null | number;
            /** @default false */
            isFinal: boolean;
        };
        WriteHoldRuleResponse: {
            object: string;
            code: string;
            kind: string;
            /** Format: int32 */
            position: number;
            isActive: boolean;
            /** @description A rule every merchant has; removing a change to it brings it back as it was. */
            isOfTheHouse: boolean;
            when: null | components["schemas"]["OrderConditions"];
            settings: null | components["schemas"]["HoldSettings"];
            reason: null | string;
            scope: null | string;
            owner: null | string;
            permission: null | string;
            /** Format: int32 */
            expiresAfterMinutes: null | number;
            /** Format: int32 */
            escalateAfterMinutes: null | number;
            isFinal: boolean;
            /** Format: int64 */
            version: number;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        WriteIntakeRulePageOfResponse: {
            data: components["schemas"]["WriteIntakeRuleResponse"][];
            next: null | string;
            hasMore: boolean;
        };
        WriteIntakeRuleRequest: {
            /** Format: int32 */
            position: number;
            set: components["schemas"]["IntakeMarks"];
            /** @default true */
            isActive: boolean;
            when?: null | components["schemas"]["OrderConditions"];
        };
        WriteIntakeRuleResponse: {
            object: string;
            code: string;
            /** Format: int32 */
            position: number;
            isActive: boolean;
            when: null | components["schemas"]["OrderConditions"];
            set: null | components["schemas"]["IntakeMarks"];
            /** Format: int64 */
            version: number;
        };
        WriteLanesResponse: {
            node: string;
            lanes: components["schemas"]["LaneBody"][];
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        WriteNumberSeriesPageOfResponse: {
            data: components["schemas"]["WriteNumberSeriesResponse"][];
            next: null | string;
            hasMore: boolean;
        };
        WriteNumberSeriesRequest: {
            /** @description At most 10 letters, digits and . _ / -, not ending in a digit; empty for none. As it is when left out. */
            prefix?: null | string;
            /**
             * Format: int64
             * @description The next number to be drawn; it only goes up.
             */
            next?: null | number;
            /**
             * Format: int32
             * @description Numbers have at least so many digits, with zeros before.
             */
            digits?: null | number;
        };
        WriteNumberSeriesResponse: {
            object: string;
            type: string;
            prefix: string;
            /**
             * Format: int64
             * @description Numbers below it are given, or set aside for a writer; those it does not use leave a gap.
             */
            next: number;
            /** Format: int32 */
            digits: number;
            /** @description What `next` looks like. */
            example: string;
            /** Format: int64 */
            version: number;
        };
        WriteWebhookRequest: {
            /** @description Where events are sent; https, and out in the world unless the operator allows an inner receiver. */
            url?: null | string;
            /** @description Names of events, or the beginning of names and `*`. */
            kinds?: null | string[];
            /** @description Codes of channels: then only events of their orders are sent. */
            channels?: null | string[];
            description?: null | string;
            /**
             * @description False pauses it: what happens meanwhile waits.
             * @default true
             */
            isActive: boolean;
        };
        WriteWorkSettingsRequest: {
            acceptsByDefault?: null | boolean;
            /**
             * Format: int64
             * @description Minutes after which a node that did not answer is reminded; after as many again the work goes elsewhere.
             */
            acceptMinutes?: null | number;
            /**
             * Format: int64
             * @description Releases a day of the node; null for any number.
             */
            dailyCapacity?: null | number;
        };
        WriteWorkSettingsResponse: {
            object: string;
            node: string;
            acceptsByDefault: boolean;
            /** Format: int64 */
            acceptMinutes: number;
            /** Format: int64 */
            dailyCapacity: null | number;
            /** Format: int64 */
            version: number;
        };
        WriteZoneArea: {
            country?: null | string;
            postcodePrefix?: null | string;
        };
        /** @description One page of a list: `{data, next, hasMore}`. */
        WriteZonePageOfResponse: {
            data: components["schemas"]["WriteZoneResponse"][];
            next: null | string;
            hasMore: boolean;
        };
        WriteZoneRequest: {
            name?: null | string;
            areas?: null | components["schemas"]["WriteZoneArea"][];
        };
        WriteZoneResponse: {
            object: string;
            code: string;
            name: string;
            areas: components["schemas"]["WriteZoneArea"][];
        };
    };
    responses: {
        /** @description Not signed in, or the key is unknown, expired or revoked */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description The right is missing: x-permission says which */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description The body is larger than is taken here */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description The body is not of a kind that is read here */
        MediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description Too busy: repeat after Retry-After with the same Idempotency-Key */
        Busy: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description The database is away: repeat after Retry-After with the same Idempotency-Key */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
    };
    parameters: {
        /**
         * @description The most entries of the page, 1 to 250.
         * @example 50
         */
        limit: number;
        /**
         * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
         * @example MTA0ODI
         */
        after: string;
        /**
         * @description The cursor of the page after, its `previous`: the list is read backwards.
         * @example MTA0ODI
         */
        before: string;
        /**
         * @description Words to find, in lists that are searched also `field:value` with `AND`, `OR`, `NOT`, brackets, `>` and `*`: docs/api/search.md.
         * @example status:confirmed leeds
         */
        query: string;
        /**
         * @description The field to sort by, with `-` before it the greatest first. The list's own order when left out.
         * @example -placedAt
         */
        sort: string;
        /**
         * @description Only these members of each entry, with commas between.
         * @example id,number,status
         */
        fields: string;
        /**
         * @description Members that are only sent on request, with commas between.
         * @example plan
         */
        expand: string;
        /**
         * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
         * @example order-10482-1
         */
        "Idempotency-Key": string;
        /**
         * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
         * @example "7"
         */
        "If-Match": string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "attention.list": {
        parameters: {
            query?: {
                /** @description Only those of this kind. */
                kind?: string;
                /** @description Only those that this user, role or queue deals with. */
                owner?: string;
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfAttentionItem"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "attention.count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListAttentionCounts"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "audit.list": {
        parameters: {
            query?: {
                /** @description Only what this one did: user:…, key:…, cli. */
                actor?: string;
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadAuditPageOfEntry"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "availability.check": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckAvailabilityRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckAvailabilityResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "blockedPeople.list": {
        parameters: {
            query?: {
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlockPeoplePageOfResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "blockedPeople.add": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BlockPeopleRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlockPeopleResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "blockedPeople.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The entry's id, blk_…. */
                entry: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `customers.block_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "channels.list": {
        parameters: {
            query?: {
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteChannelPageOfResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "channels.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteChannelResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `channels.no_such_channel` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "channels.write": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteChannelRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteChannelResponse"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Changed meanwhile: `catalog.changed_meanwhile` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "consumers.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListConsumersPageOfResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "consumers.parked": {
        parameters: {
            query?: {
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                /** @description The name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParkedEventsPageOfResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "consumers.discard": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The name. */
                name: string;
                /** @description The position on the log. */
                position: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ParkedEventsDiscardRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParkedEventsAnswer"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `consumers.parked_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `consumers.waits_behind`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "consumers.replay": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The name. */
                name: string;
                /** @description The position on the log. */
                position: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParkedEventsAnswer"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `consumers.parked_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `consumers.waits_behind`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "counts.list": {
        parameters: {
            query?: {
                /** @description Only those in this state. */
                state?: string;
                /** @description The code of a node: warehouse, store, 3PL, supplier. */
                node?: string;
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfCountView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.unknown_node` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "counts.want": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WantCountsRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WantCountsResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "counts.enter": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnterCountRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.no_such_count` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `inventory.count_done`, `inventory.count_too_old`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "customers.list": {
        parameters: {
            query?: {
                /**
                 * @description Words to find, in lists that are searched also `field:value` with `AND`, `OR`, `NOT`, brackets, `>` and `*`: docs/api/search.md.
                 * @example status:confirmed leeds
                 */
                query?: components["parameters"]["query"];
                /**
                 * @description The field to sort by, with `-` before it the greatest first. The list's own order when left out.
                 * @example -placedAt
                 */
                sort?: components["parameters"]["sort"];
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description The cursor of the page after, its `previous`: the list is read backwards.
                 * @example MTA0ODI
                 */
                before?: components["parameters"]["before"];
                /** @description Also count what is found: exact up to 10,000. */
                count?: boolean;
                /**
                 * @description Only these members of each entry, with commas between.
                 * @example id,number,status
                 */
                fields?: components["parameters"]["fields"];
                /**
                 * @description Members that are only sent on request, with commas between.
                 * @example plan
                 */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListPageOfCustomerView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "customers.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description In conflict with the present state: `customers.identity_taken`, `customers.is_merged`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "customers.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `customers.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "customers.replace": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `customers.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `customers.identity_taken`, `customers.is_merged`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `customers.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "customers.block": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BlockCustomerRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `customers.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `customers.is_merged`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "customers.consents": {
        parameters: {
            query?: {
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfConsentView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `customers.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "customers.consent": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteConsentRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `customers.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "customers.merge": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeCustomersMergeRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `customers.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `customers.cannot_merge`, `customers.is_merged`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "customers.notes": {
        parameters: {
            query?: {
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteCustomerPageOfResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `customers.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "customers.note": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteCustomerRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteCustomerResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `customers.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "customers.orders": {
        parameters: {
            query?: {
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfCustomerOrder"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `customers.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "customers.unblock": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `customers.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `customers.is_merged`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "customers.unmerge": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MergeCustomersUnmergeRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `customers.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `customers.not_merged`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "reports.dashboard": {
        parameters: {
            query?: {
                /** @description The time zone by whose days is counted, for instance Europe/London. */
                zone?: string;
                /** @description How many days the trend goes back. */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadDashboardResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "deliveries.list": {
        parameters: {
            query?: {
                /** @description Only those in this state. */
                state?: string;
                /** @description The code of a node: warehouse, store, 3PL, supplier. */
                node?: string;
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfDeliverySummary"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.unknown_node` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "deliveries.open": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenDeliveryRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description In conflict with the present state: `inventory.delivery_is_open`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "deliveries.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.no_such_delivery` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "deliveries.cancel": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.no_such_delivery` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `inventory.delivery_has_receipts`, `inventory.delivery_not_open`, `inventory.delivery_of_transfer`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "deliveries.close": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CloseDeliveryRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.no_such_delivery` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `inventory.delivery_not_open`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "deliveries.listReceipts": {
        parameters: {
            query?: {
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfReceiptView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.no_such_delivery` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "deliveries.receive": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReceiveGoodsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiveGoodsResponse"];
                };
            };
            /** @description The request is not acceptable: `barcode.check_digit`, `barcode.empty`, `barcode.not_text`, `barcode.too_long`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `catalog.no_such_barcode`, `inventory.no_such_delivery`, `inventory.unknown_sku` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `inventory.delivery_not_open`, `inventory.delivery_too_long`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "deliveries.undoReceipt": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
                /** @description The receipt's id, rcp_…. */
                receipt: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UndoReceiptRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.no_such_delivery`, `inventory.no_such_receipt` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `inventory.delivery_not_open`, `inventory.not_enough`, `inventory.receipt_undone`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "drafts.list": {
        parameters: {
            query?: {
                /**
                 * @description Words to find, in lists that are searched also `field:value` with `AND`, `OR`, `NOT`, brackets, `>` and `*`: docs/api/search.md.
                 * @example status:confirmed leeds
                 */
                query?: components["parameters"]["query"];
                /**
                 * @description The field to sort by, with `-` before it the greatest first. The list's own order when left out.
                 * @example -placedAt
                 */
                sort?: components["parameters"]["sort"];
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description The cursor of the page after, its `previous`: the list is read backwards.
                 * @example MTA0ODI
                 */
                before?: components["parameters"]["before"];
                /** @description Also count what is found: exact up to 10,000. */
                count?: boolean;
                /**
                 * @description Only these members of each entry, with commas between.
                 * @example id,number,status
                 */
                fields?: components["parameters"]["fields"];
                /**
                 * @description Members that are only sent on request, with commas between.
                 * @example plan
                 */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListPageOfDraftSummary"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "drafts.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveDraftBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftView"];
                };
            };
            /** @description The request is not acceptable: `orders.discount_too_large`, `orders.total_too_large`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "drafts.read": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `drafts.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "drafts.replace": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveDraftBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftView"];
                };
            };
            /** @description The request is not acceptable: `orders.discount_too_large`, `orders.total_too_large`, `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `drafts.not_found`, `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `drafts.cannot_change`, `drafts.changing`, `drafts.nothing_to_reserve`, `inventory.not_enough`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `drafts.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "drafts.abandon": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ChangeDraftAbandonRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftView"];
                };
            };
            /** @description The request is not acceptable: `orders.discount_too_large`, `orders.total_too_large`, `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `drafts.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `drafts.cannot_change`, `drafts.changing`, `inventory.not_enough`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `drafts.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "drafts.accept": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftView"];
                };
            };
            /** @description The request is not acceptable: `orders.discount_too_large`, `orders.total_too_large`, `request.if_match_malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `drafts.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `drafts.changing`, `drafts.not_quoted`, `drafts.quote_expired`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `drafts.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "drafts.place": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PlaceDraftBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description The request is not acceptable: `orders.discount_too_large`, `orders.total_too_large`, `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `drafts.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `drafts.cannot_change`, `drafts.no_address`, `drafts.quote_expired`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `drafts.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "drafts.preview": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewDraftResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `drafts.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "drafts.quote": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeDraftQuoteRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftView"];
                };
            };
            /** @description The request is not acceptable: `orders.discount_too_large`, `orders.total_too_large`, `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `drafts.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `drafts.cannot_change`, `drafts.changing`, `drafts.nothing_to_quote`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `drafts.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "drafts.release": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftView"];
                };
            };
            /** @description The request is not acceptable: `orders.discount_too_large`, `orders.total_too_large`, `request.if_match_malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `drafts.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `drafts.cannot_change`, `drafts.changing`, `inventory.not_enough`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `drafts.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "drafts.reserve": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeDraftReserveRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftView"];
                };
            };
            /** @description The request is not acceptable: `orders.discount_too_large`, `orders.total_too_large`, `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `drafts.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `drafts.cannot_change`, `drafts.changing`, `drafts.nothing_to_reserve`, `inventory.not_enough`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `drafts.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "events.list": {
        parameters: {
            query?: {
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /** @description Only those of this kind. */
                kind?: string;
                /** @description Only what happened to this one, by its id. */
                aggregate?: string;
                /** @description Only what happened to things of this kind: order, product, … */
                aggregateKind?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfEventView"];
                };
            };
            /** @description The request is not acceptable: `events.aggregate_ambiguous`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "events.stream": {
        parameters: {
            query?: {
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /** @description Only those of this kind. */
                kind?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "exceptions.list": {
        parameters: {
            query?: {
                /** @description Only those in this state. */
                state?: string;
                /** @description Only those of this kind. */
                kind?: string;
                /** @description Only those of this order, by its id. */
                order?: string;
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListExceptionsPageOfView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "exceptions.assign": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResolveExceptionAssignment"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListExceptionsView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `exceptions.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "exceptions.resolve": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResolveExceptionRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListExceptionsView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `exceptions.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "channels.listExchangeRates": {
        parameters: {
            query?: {
                /** @description An ISO 4217 code. */
                currency?: string;
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteExchangeRatePageOfResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "channels.writeExchangeRate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An ISO 4217 code. */
                currency: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteExchangeRateRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteExchangeRateResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "exports.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartExportPageOfSourceView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "exports.start": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartExportRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.export.barcodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.export.bundles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.export.customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.export.lanes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.export.nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.export.products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.export.stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.export.zones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.list": {
        parameters: {
            query?: {
                /** @description Only those in this state. */
                state?: string;
                /** @description The code of a node: warehouse, store, 3PL, supplier. */
                node?: string;
                /** @description Only those of this order, by its id. */
                order?: string;
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfFulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.read": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.accept": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.held`, `fulfilment.stop_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.cancel": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StopReleaseRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.stop_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.collected": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.held`, `fulfilment.stop_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.deliver": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ArriveRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.nothing_under_way`, `fulfilment.stop_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.recordFact": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordFactRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordFactResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found`, `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.hold": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["HoldReleaseRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_hold`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.lose": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ArriveRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.nothing_under_way`, `fulfilment.stop_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.merge": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MoveReleaseMergeRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.not_alike`, `fulfilment.stop_asked`, `fulfilment.work_has_begun`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.move": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MoveReleaseMoveRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.same_node`, `fulfilment.short_there`, `fulfilment.stop_asked`, `fulfilment.work_has_begun`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.offer": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.held`, `fulfilment.stop_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.pack": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PackReleaseRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.held`, `fulfilment.not_that_many`, `fulfilment.stop_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.pick": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PickReleaseRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.held`, `fulfilment.not_that_many`, `fulfilment.stop_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.putBack": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PutBackGoodsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.not_that_many`, `fulfilment.stop_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.ready": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.held`, `fulfilment.stop_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.reject": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RejectReleaseRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.not_that_many`, `fulfilment.stop_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.releaseHold": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["HoldReleaseEndRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.hold_not_found`, `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.schedule": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MoveReleaseScheduleRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.stop_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.sendBack": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ArriveRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.nothing_under_way`, `fulfilment.stop_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.ship": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["HandOverRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.held`, `fulfilment.stop_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.shortPick": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ShortPickRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.held`, `fulfilment.not_that_many`, `fulfilment.stop_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.split": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MoveReleaseSplitRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.not_that_many`, `fulfilment.stop_asked`, `fulfilment.work_has_begun`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.startPicking": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.held`, `fulfilment.stop_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.stop": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StopReleaseRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.stop_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.answerStop": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StopReleaseAnswerRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.not_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.unpack": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PackReleaseUnpackRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.cannot_move`, `fulfilment.stop_asked`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "holdRules.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteHoldRulePageOfResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "holdRules.try": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TryHoldRulesRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TryHoldRulesResponse"];
                };
            };
            /** @description The request is not acceptable: `orders.discount_too_large`, `orders.total_too_large`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "holdRules.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteHoldRuleResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `rules.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "holdRules.write": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteHoldRuleRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteHoldRuleResponse"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Changed meanwhile: `rules.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "holdRules.remove": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `rules.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `rules.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "catalog.getImage": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `catalog.no_such_image` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "catalog.changeImage": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeepImagesChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `catalog.no_such_image` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "catalog.removeImage": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `catalog.no_such_image` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "mappings.list": {
        parameters: {
            query?: {
                /** @description Only those of this kind. */
                kind?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfMappingView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "mappings.read": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Only those of this kind. */
                kind: string;
                /** @description The name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MappingView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `mappings.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "mappings.write": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description Only those of this kind. */
                kind: string;
                /** @description The name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeepMappingsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MappingView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `mappings.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `mappings.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `mappings.too_many`, `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "mappings.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Only those of this kind. */
                kind: string;
                /** @description The name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `mappings.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "imports.start": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartImportRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `mappings.not_found`, `uploads.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.import.barcodes": {
        parameters: {
            query?: {
                /** @description Only look what would become of it; nothing is written. */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            /** @description The request is not acceptable: `import.column_missing`, `import.column_twice`, `import.dry_run`, `import.empty`, `import.row_too_long`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.import.bundles": {
        parameters: {
            query?: {
                /** @description Only look what would become of it; nothing is written. */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            /** @description The request is not acceptable: `import.column_missing`, `import.column_twice`, `import.dry_run`, `import.empty`, `import.row_too_long`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.import.customers": {
        parameters: {
            query?: {
                /** @description Only look what would become of it; nothing is written. */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            /** @description The request is not acceptable: `import.column_missing`, `import.column_twice`, `import.dry_run`, `import.empty`, `import.row_too_long`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "imports.kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartImportPageOfKindView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.import.lanes": {
        parameters: {
            query?: {
                /** @description Only look what would become of it; nothing is written. */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            /** @description The request is not acceptable: `import.column_missing`, `import.column_twice`, `import.dry_run`, `import.empty`, `import.row_too_long`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.import.nodes": {
        parameters: {
            query?: {
                /** @description Only look what would become of it; nothing is written. */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            /** @description The request is not acceptable: `import.column_missing`, `import.column_twice`, `import.dry_run`, `import.empty`, `import.row_too_long`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.import": {
        parameters: {
            query?: {
                /** @description What the columns of the file mean: the name of a mapping. */
                mapping?: string;
                /** @description Are the orders history, or still to be fulfilled: history or open. */
                as?: string;
                /** @description The code of a channel. */
                channel?: string;
                /** @description Only look what would become of it; nothing is written. */
                dryRun?: boolean;
                /** @description The name. */
                name?: string;
            };
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportOrdersResponse"];
                };
            };
            /** @description The request is not acceptable: `import.column_missing`, `import.column_twice`, `import.file_empty`, `import.file_unreadable`, `import.history_only`, `import.mapping_malformed`, `import.no_such_mapping`, `import.scattered`, `import.too_large`, `orders.discount_too_large`, `orders.total_too_large`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description In conflict with the present state: `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.importErrors": {
        parameters: {
            query?: {
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path: {
                /** @description The number of the import. */
                run: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportOrdersPageOfRowSaid"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `import.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "imports.preview": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartImportRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPreview"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `mappings.not_found`, `uploads.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.import.products": {
        parameters: {
            query?: {
                /** @description Only look what would become of it; nothing is written. */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            /** @description The request is not acceptable: `import.column_missing`, `import.column_twice`, `import.dry_run`, `import.empty`, `import.row_too_long`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.import.stock": {
        parameters: {
            query?: {
                /** @description Only look what would become of it; nothing is written. */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            /** @description The request is not acceptable: `import.column_missing`, `import.column_twice`, `import.dry_run`, `import.empty`, `import.row_too_long`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.import.zones": {
        parameters: {
            query?: {
                /** @description Only look what would become of it; nothing is written. */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            /** @description The request is not acceptable: `import.column_missing`, `import.column_twice`, `import.dry_run`, `import.empty`, `import.row_too_long`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.getImport": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `import.no_such_run`, `jobs.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.getImportErrors": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `import.no_such_run`, `jobs.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "imports.undo": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `jobs.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `jobs.cannot_undo`, `jobs.not_over`, `jobs.undone_already`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "intakeRules.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteIntakeRulePageOfResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "intakeRules.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteIntakeRuleResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `rules.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "intakeRules.write": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteIntakeRuleRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteIntakeRuleResponse"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Changed meanwhile: `rules.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "intakeRules.remove": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `rules.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `rules.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "inventory.read": {
        parameters: {
            query?: {
                /** @description The stock keeping unit; upper and lower case are the same. */
                sku?: string;
                /** @description The code of a node: warehouse, store, 3PL, supplier. */
                node?: string;
                /** @description Only what is at or below its safety stock. */
                low?: boolean;
                /**
                 * @description Words to find, in lists that are searched also `field:value` with `AND`, `OR`, `NOT`, brackets, `>` and `*`: docs/api/search.md.
                 * @example status:confirmed leeds
                 */
                query?: components["parameters"]["query"];
                /** @description As it was at this instant. */
                at?: string;
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfStockView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.unknown_node`, `inventory.unknown_sku` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "inventory.adjust": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdjustStockRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdjustStockResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description In conflict with the present state: `inventory.not_enough`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "inventory.setBins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetBinsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetBinsResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "inventory.readGrid": {
        parameters: {
            query?: {
                /**
                 * @description Words to find, in lists that are searched also `field:value` with `AND`, `OR`, `NOT`, brackets, `>` and `*`: docs/api/search.md.
                 * @example status:confirmed leeds
                 */
                query?: components["parameters"]["query"];
                /** @description The code of a node: warehouse, store, 3PL, supplier. */
                node?: string;
                /** @description Which levels: low, reorder, deficit, excess, … */
                show?: string;
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadStockGridPageOfCell"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `request.no_such_path` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "inventory.readHolders": {
        parameters: {
            query?: {
                /** @description The stock keeping unit; upper and lower case are the same. */
                sku?: string;
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfHolder"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.unknown_sku` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "inventory.setInbound": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetInboundRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetInboundResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "inventory.readLedger": {
        parameters: {
            query?: {
                /** @description The stock keeping unit; upper and lower case are the same. */
                sku?: string;
                /** @description The code of a node: warehouse, store, 3PL, supplier. */
                node?: string;
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfLedgerEntry"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.unknown_node`, `inventory.unknown_sku` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "inventory.levels": {
        parameters: {
            query?: {
                /**
                 * @description Words to find, in lists that are searched also `field:value` with `AND`, `OR`, `NOT`, brackets, `>` and `*`: docs/api/search.md.
                 * @example status:confirmed leeds
                 */
                query?: components["parameters"]["query"];
                /**
                 * @description The field to sort by, with `-` before it the greatest first. The list's own order when left out.
                 * @example -placedAt
                 */
                sort?: components["parameters"]["sort"];
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description The cursor of the page after, its `previous`: the list is read backwards.
                 * @example MTA0ODI
                 */
                before?: components["parameters"]["before"];
                /** @description Also count what is found: exact up to 10,000. */
                count?: boolean;
                /**
                 * @description Only these members of each entry, with commas between.
                 * @example id,number,status
                 */
                fields?: components["parameters"]["fields"];
                /**
                 * @description Members that are only sent on request, with commas between.
                 * @example plan
                 */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListPageOfLevelView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "inventory.locate": {
        parameters: {
            query?: {
                /** @description The stock keeping unit; upper and lower case are the same. */
                sku?: string;
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfStockPlace"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.unknown_sku` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "inventory.move": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveStockRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MoveStockResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description In conflict with the present state: `inventory.not_enough`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "inventory.reserve": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReserveStockRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReservationView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description In conflict with the present state: `inventory.catalog_changed`, `inventory.not_enough`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "inventory.getReservation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReservationView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.no_such_reservation` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "inventory.extendReservation": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ChangeReservationExtendRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReservationView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.no_such_reservation` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `inventory.reservation_not_active`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "inventory.releaseReservation": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReservationView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.no_such_reservation` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `inventory.reservation_not_active`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "inventory.transferReservation": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferReservationRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReservationView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.no_such_reservation`, `inventory.unknown_node`, `inventory.unknown_sku` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `inventory.not_enough`, `inventory.reservation_not_active`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "inventory.setSafety": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetSafetyRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetSafetyResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "inventory.recordSale": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordTillSaleRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordTillSaleResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description In conflict with the present state: `inventory.sale_reference_taken`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "inventory.listWaiting": {
        parameters: {
            query?: {
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                /** @description The stock keeping unit; upper and lower case are the same. */
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListWaitingPageOfWaiter"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.unknown_sku` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "jobs.list": {
        parameters: {
            query?: {
                /** @description Only those of this kind. */
                kind?: string;
                /** @description Only those in this state. */
                state?: string;
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfJobView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "jobs.read": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `jobs.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "jobs.cancel": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `jobs.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `jobs.over`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "jobs.result": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `jobs.no_result`, `jobs.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "jobs.retry": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `jobs.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `jobs.cannot_retry`, `jobs.not_over`, `jobs.nothing_failed`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "jobs.rows": {
        parameters: {
            query?: {
                /** @description Only those in this state. */
                state?: string;
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListJobsPageOfRowView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `jobs.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "jobs.undo": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `jobs.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `jobs.cannot_undo`, `jobs.not_over`, `jobs.undone_already`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "keys.list": {
        parameters: {
            query?: {
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManageKeysPageOfKeyView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "keys.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ManageKeysRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManageKeysKeyView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "keys.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManageKeysKeyView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `access.key_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "merchants.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateMerchantRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateMerchantResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description In conflict with the present state: `access.merchant_exists`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "nodes.list": {
        parameters: {
            query?: {
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfNodeView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "nodes.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NodeBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description In conflict with the present state: `nodes.code_taken`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "nodes.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `nodes.no_such_node` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "nodes.replace": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NodeBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description In conflict with the present state: `nodes.code_taken`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `catalog.changed_meanwhile` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "nodes.close": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseNodeRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadClosingView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `nodes.no_such_node` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "nodes.closing": {
        parameters: {
            query?: {
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadClosingView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `nodes.not_closed` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "lanes.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteLanesResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `nodes.no_such_node` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "lanes.replace": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LaneBody"][];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteLanesResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `nodes.no_such_node`, `zones.no_such_zone` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.queue": {
        parameters: {
            query?: {
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfFulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `nodes.no_such_node` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "nodes.reopen": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadClosingView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `nodes.no_such_node`, `nodes.not_closed` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.readWorkSettings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteWorkSettingsResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `nodes.no_such_node` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.writeWorkSettings": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteWorkSettingsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteWorkSettingsResponse"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `nodes.no_such_node` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "notifications.list": {
        parameters: {
            query?: {
                /** @description Only those that were not read yet. */
                unread?: boolean;
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListNotificationsResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "notifications.read": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MarkReadRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarkReadResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "numberSeries.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteNumberSeriesPageOfResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "numberSeries.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The type of order: sales or wholesale. */
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteNumberSeriesResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `numbers.no_such_series` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "numberSeries.write": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The type of order: sales or wholesale. */
                type: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteNumberSeriesRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteNumberSeriesResponse"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `numbers.no_such_series` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `numbers.next_used`, `numbers.prefix_taken`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `numbers.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.list": {
        parameters: {
            query?: {
                /**
                 * @description Words to find, in lists that are searched also `field:value` with `AND`, `OR`, `NOT`, brackets, `>` and `*`: docs/api/search.md.
                 * @example status:confirmed leeds
                 */
                query?: components["parameters"]["query"];
                /**
                 * @description The field to sort by, with `-` before it the greatest first. The list's own order when left out.
                 * @example -placedAt
                 */
                sort?: components["parameters"]["sort"];
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description The cursor of the page after, its `previous`: the list is read backwards.
                 * @example MTA0ODI
                 */
                before?: components["parameters"]["before"];
                /** @description Also count what is found: exact up to 10,000. */
                count?: boolean;
                /**
                 * @description Only these members of each entry, with commas between.
                 * @example id,number,status
                 */
                fields?: components["parameters"]["fields"];
                /**
                 * @description Members that are only sent on request, with commas between.
                 * @example plan
                 */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListPageOfOrderView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.place": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceOrderRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description The request is not acceptable: `orders.discount_too_large`, `orders.total_too_large`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description In conflict with the present state: `drafts.cannot_change`, `orders.company_required`, `orders.external_id_taken`, `orders.no_route`, `orders.not_shipped`, `orders.refunded_already`, `orders.short`, `payments.more_than_due`, `payments.more_than_left`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.bulk": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkOrdersRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkOrdersDryRun"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.read": {
        parameters: {
            query?: {
                /**
                 * @description Members that are only sent on request, with commas between.
                 * @example plan
                 */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.assign": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignOrderRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.assignHold": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignHoldRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.hold_not_found`, `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.cancel": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CancelOrderRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `orders.cannot_cancel`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.cancelRequests": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelRequestsPageOfView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.requestCancel": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelRequestsRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelRequestsView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.answerCancelRequest": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
                /** @description The wish's number. */
                request: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelRequestsAnswerRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelRequestsView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.cancel_request_not_found`, `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `orders.cancel_request_answered`, `orders.cannot_cancel`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.edit": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditOrderRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditOrderResponse"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditOrderResponse"];
                };
            };
            /** @description The request is not acceptable: `orders.discount_too_large`, `orders.total_too_large`, `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `orders.cannot_cancel`, `orders.cannot_edit`, `orders.catalog_changed`, `orders.in_work`, `orders.no_route`, `orders.nothing_left`, `orders.short`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `orders.version_changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.previewEdit": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditOrderRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditOrderResponse"];
                };
            };
            /** @description The request is not acceptable: `orders.discount_too_large`, `orders.total_too_large`, `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `orders.cannot_cancel`, `orders.cannot_edit`, `orders.catalog_changed`, `orders.in_work`, `orders.no_route`, `orders.nothing_left`, `orders.short` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `orders.version_changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.recordOrderFact": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordFactRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordFactResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found`, `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.hold": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldOrderRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `orders.cannot_hold`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.link": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkOrderRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.notes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfNoteView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.note": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteOrderRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `orders.too_many_notes`, `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.changeNote": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
                /** @description The note's number. */
                note: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteOrderRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found`, `orders.note_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.removeNote": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
                /** @description The note's number. */
                note: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found`, `orders.note_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "payments.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadPaymentsResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "payments.take": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TakePaymentRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found`, `payments.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `payments.more_than_due`, `payments.more_than_left`, `payments.order_ended`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.prioritise": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrioritiseOrderRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `orders.cannot_prioritise`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.promises": {
        parameters: {
            query?: {
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadPromisesPageOfView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.release": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReleaseOrderRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseOrderResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.held`, `fulfilment.not_confirmed`, `fulfilment.nothing_to_release`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.releaseHold": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleaseHoldRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.hold_not_found`, `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `orders.cannot_hold`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.reorder": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReorderOrderRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReorderOrderResponse"];
                };
            };
            /** @description The request is not acceptable: `orders.discount_too_large`, `orders.total_too_large`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `orders.lines_gone`, `orders.nothing_to_reorder`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.replace": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplaceOrderRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description The request is not acceptable: `orders.discount_too_large`, `orders.total_too_large`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.split": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SplitOrderRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SplitOrderResponse"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `orders.cannot_edit`, `orders.cannot_split`, `orders.nothing_would_stay`, `orders.payment_pending`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `orders.version_changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.tag": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagOrderRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `orders.too_many_tags`, `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "orders.timeline": {
        parameters: {
            query?: {
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /** @description Only what came after this one. */
                since?: number;
            };
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadTimelinePageOfEntry"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fulfilment.track": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TrackPackageRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FulfilmentView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `fulfilment.not_found`, `fulfilment.package_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `fulfilment.package_cannot_move`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `fulfilment.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "payments.capture": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CapturePaymentRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found`, `payments.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `payments.more_than_due`, `payments.more_than_left`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "payments.dispute": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettlePaymentDisputeRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found`, `payments.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `payments.more_than_left`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "payments.reconcile": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettlePaymentReconcileRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found`, `payments.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "payments.refund": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundPaymentRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found`, `payments.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `payments.more_than_left`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "payments.settle": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettlePaymentRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found`, `payments.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "payments.void": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CapturePaymentVoidRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `orders.not_found`, `payments.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `payments.more_than_left`, `payments.too_many`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "catalog.listProducts": {
        parameters: {
            query?: {
                /**
                 * @description Words to find, in lists that are searched also `field:value` with `AND`, `OR`, `NOT`, brackets, `>` and `*`: docs/api/search.md.
                 * @example status:confirmed leeds
                 */
                query?: components["parameters"]["query"];
                /**
                 * @description The field to sort by, with `-` before it the greatest first. The list's own order when left out.
                 * @example -placedAt
                 */
                sort?: components["parameters"]["sort"];
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description The cursor of the page after, its `previous`: the list is read backwards.
                 * @example MTA0ODI
                 */
                before?: components["parameters"]["before"];
                /** @description Also count what is found: exact up to 10,000. */
                count?: boolean;
                /**
                 * @description Only these members of each entry, with commas between.
                 * @example id,number,status
                 */
                fields?: components["parameters"]["fields"];
                /**
                 * @description Members that are only sent on request, with commas between.
                 * @example plan
                 */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListPageOfProductView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "catalog.createProduct": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProductBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductView"];
                };
            };
            /** @description The request is not acceptable: `barcode.check_digit`, `barcode.empty`, `barcode.not_text`, `barcode.too_long`, `catalog.component_not_goods`, `catalog.no_such_component`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description In conflict with the present state: `catalog.barcode_taken`, `catalog.kind_fixed`, `catalog.sku_taken`, `catalog.taken_meanwhile`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "catalog.bulk": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkProductsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkProductsDryRun"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "catalog.getProductByBarcode": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A GTIN of 8, 12, 13 or 14 digits, or another code of the product. */
                barcode: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductView"];
                };
            };
            /** @description The request is not acceptable: `barcode.check_digit`, `barcode.empty`, `barcode.not_text`, `barcode.too_long` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `catalog.no_such_barcode` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "catalog.getProduct": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The stock keeping unit; upper and lower case are the same. */
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `catalog.no_such_product` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "catalog.replaceProduct": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The stock keeping unit; upper and lower case are the same. */
                sku: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProductBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductView"];
                };
            };
            /** @description The request is not acceptable: `barcode.check_digit`, `barcode.empty`, `barcode.not_text`, `barcode.too_long`, `catalog.component_not_goods`, `catalog.no_such_component`, `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description In conflict with the present state: `catalog.barcode_taken`, `catalog.kind_fixed`, `catalog.sku_taken`, `catalog.taken_meanwhile`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `catalog.changed_meanwhile` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "catalog.listImages": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The stock keeping unit; upper and lower case are the same. */
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfImageView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `catalog.no_such_product` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "catalog.addImage": {
        parameters: {
            query?: {
                /** @description What the picture shows, for those who do not see it. */
                alt?: string;
            };
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The stock keeping unit; upper and lower case are the same. */
                sku: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "image/png": string;
                "image/jpeg": string;
                "image/gif": string;
                "image/webp": string;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `catalog.no_such_product` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `catalog.not_an_image`, `catalog.too_many_images`, `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "catalog.groupVariant": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The stock keeping unit; upper and lower case are the same. */
                sku: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupVariantsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `catalog.no_such_product` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `catalog.same_variant`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "purchasing.setReorderLevels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetReorderLevelsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetReorderLevelsResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "purchasing.listReorders": {
        parameters: {
            query?: {
                /** @description Only those in this state. */
                state?: string;
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuggestReordersPageOfView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "purchasing.refreshReorders": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuggestReordersLooked"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "purchasing.dismissSuggestion": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideReorderDismissed"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuggestReordersView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `purchasing.suggestion_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "purchasing.orderSuggestion": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideReorderOrdered"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuggestReordersView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.unknown_node`, `inventory.unknown_sku`, `purchasing.suggestion_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "reports.channelSales": {
        parameters: {
            query?: {
                /** @description From this day on, yyyy-MM-dd. */
                from?: string;
                /** @description Up to and with this day, yyyy-MM-dd. */
                to?: string;
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportChannelSalesResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "reports.overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportOverviewResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "roles.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManageRolesRoleList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "roles.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ManageRolesRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description In conflict with the present state: `access.role_exists`, `access.too_many_roles`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "roles.change": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ManageRolesChangeRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `access.role_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `access.role_is_built_in`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "roles.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `access.role_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `access.role_in_use`, `access.role_is_built_in`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "search.fields": {
        parameters: {
            query?: {
                /** @description The list that is searched: orders, customers, products or stock. */
                list?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadFieldsResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "session.read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadSessionResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "session.open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenSessionRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadSessionResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Sign in first: `access.wrong_login` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not permitted: `access.forbidden`, `access.no_such_merchant` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too busy: `access.too_many_logins` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    "session.close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "session.changePassword": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeOwnPasswordRequest"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "session.keepPreferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JsonObject"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonObject"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description In conflict with the present state: `access.no_preferences`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "transfers.list": {
        parameters: {
            query?: {
                /** @description Only those in this state. */
                state?: string;
                /** @description The code of a node: warehouse, store, 3PL, supplier. */
                node?: string;
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfTransferView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.unknown_node` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "transfers.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTransferRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "transfers.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.no_such_transfer` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "transfers.acknowledge": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.no_such_transfer` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `inventory.transfer_state`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "transfers.approve": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.no_such_transfer` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `inventory.not_enough`, `inventory.transfer_state`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "transfers.cancel": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.no_such_transfer` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `inventory.transfer_state`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "transfers.send": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SendTransferRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.no_such_transfer` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `inventory.nothing_sent`, `inventory.transfer_state`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "transfers.settle": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettleTransferRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `inventory.no_such_transfer` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `inventory.transfer_nothing_missing`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.upload": {
        parameters: {
            query?: {
                /** @description The name. */
                name?: string;
            };
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `uploads.empty`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused`, `uploads.no_room` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "files.readUpload": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `uploads.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "users.list": {
        parameters: {
            query?: {
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfUserView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "users.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateUserRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description In conflict with the present state: `access.user_name_taken`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "users.read": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `access.user_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "users.disable": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `access.user_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `access.not_yourself`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "users.enable": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `access.user_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `access.not_yourself`, `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "users.setPassword": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeUserPasswordRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `access.user_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "users.assign": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeUserRolesRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `access.user_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `request.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "views.list": {
        parameters: {
            query?: {
                /** @description The list that is searched: orders, customers, products or stock. */
                list?: string;
                /** @description Also count what each view finds. */
                counts?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeepViewsPageOfView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "views.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeepViewsRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeepViewsView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            /** @description Cannot be processed: `request.idempotency_key_reused`, `views.too_many` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "views.replace": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeepViewsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeepViewsView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `views.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "views.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `views.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "webhooks.list": {
        parameters: {
            query?: {
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfWebhookView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "webhooks.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteWebhookRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description In conflict with the present state: `request.in_progress`, `webhooks.too_many` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "webhooks.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `webhooks.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "webhooks.change": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.
                 * @example "7"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteWebhookRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookView"];
                };
            };
            /** @description The request is not acceptable: `request.if_match_malformed`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `channels.no_such_channel`, `webhooks.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed meanwhile: `webhooks.changed` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "webhooks.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `webhooks.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "webhooks.deliveries": {
        parameters: {
            query?: {
                /** @description Only those in this state. */
                state?: string;
                /** @description Only those of this kind. */
                kind?: string;
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadDeliveriesPageOfDeliveryView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `webhooks.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "webhooks.delivery": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
                /** @description The event's id, evt_…. */
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadDeliveriesDeliveryDetail"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `webhooks.no_such_delivery`, `webhooks.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "webhooks.resend": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
                /** @description The event's id, evt_…. */
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadDeliveriesDeliveryView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `webhooks.no_such_delivery`, `webhooks.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "webhooks.enable": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnableWebhookRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `webhooks.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "webhooks.resendSince": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResendDeliveriesRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResendDeliveriesResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `webhooks.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "webhooks.rotateSecret": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RotateSecretRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecretView"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `webhooks.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `request.in_progress`, `webhooks.too_many_secrets` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "webhooks.retireSecret": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as answers give it. */
                id: string;
                /** @description The number, counted from 1. */
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `webhooks.no_such_secret`, `webhooks.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description In conflict with the present state: `request.in_progress`, `webhooks.last_secret` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "webhooks.test": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.
                 * @example order-10482-1
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id, as answers give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TestWebhookRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestWebhookResponse"];
                };
            };
            /** @description The request is not acceptable: `webhooks.no_sample`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `webhooks.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "zones.list": {
        parameters: {
            query?: {
                /**
                 * @description The most entries of the page, 1 to 250.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
                /**
                 * @description The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.
                 * @example MTA0ODI
                 */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteZonePageOfResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "zones.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteZoneResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found: `zones.no_such_zone` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "zones.write": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteZoneRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteZoneResponse"];
                };
            };
            /** @description The request is not acceptable: `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description In conflict with the present state: `request.in_progress`, `zones.area_taken`, `zones.taken_meanwhile` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "health.live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    "health.ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthReadiness"];
                };
            };
            /** @description Not available now: `server.unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    "metrics.read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Busy"];
            503: components["responses"]["Unavailable"];
        };
    };
    "problems.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The code, as it was given when it was made. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProblemPagesResponse"];
                };
            };
            /** @description Not found: `request.no_such_path` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
}
