-- a copy of a database sends no mailings; the lanes refuse to run there as well
UPDATE ir_cron
   SET active = FALSE
 WHERE id IN (
       SELECT res_id
         FROM ir_model_data
        WHERE module = 'bulk_mailing'
          AND model = 'ir.cron'
          AND name LIKE 'ir_cron_lane_%'
);

-- and it cannot sign as the real one
UPDATE mailing_dkim_key
   SET private_key = NULL,
       active = FALSE;

-- and no provider that still calls the real one is heard here
UPDATE mailing_webhook
   SET secret = NULL,
       has_key = FALSE;
