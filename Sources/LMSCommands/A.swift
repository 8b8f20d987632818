internal import LMSCore
