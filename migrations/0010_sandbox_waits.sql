-- Only captures that wait for somebody are ever looked for by their payment.
DROP INDEX sandbox_capture_payment;
CREATE INDEX sandbox_capture_payment ON sandbox_capture (payment)
    WHERE instrument IN ('virtual_account', 'authentication');
